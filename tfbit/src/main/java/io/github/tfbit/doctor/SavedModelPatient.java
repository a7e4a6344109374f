package io.github.tfbit.doctor;

import io.github.tfbit.data.ImageSize;
import io.github.tfbit.graph.TensorFlowRuntime;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.tensorflow.Result;
import org.tensorflow.SavedModelBundle;
import org.tensorflow.Session;
import org.tensorflow.Tensor;
import org.tensorflow.exceptions.TensorFlowException;
import org.tensorflow.ndarray.NdArrays;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.SignatureDef;
import org.tensorflow.proto.TensorInfo;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TString;

/**
 * A SavedModel asked by its own graph: by encoded pictures where it takes them, else by the pixels
 * that a reference makes of them, in the range that the model wants.
 */
public final class SavedModelPatient implements Patient {
  private static final List<String> KEYS = List.of("serving_default", "images", "default");

  private final String name;
  private final SavedModelBundle bundle;
  private final SignatureDef signature;
  private final Reference eyes;
  private final boolean unit;

  /**
   * Loads a model.
   *
   * @param name what the user calls it
   * @param directory with {@code saved_model.pb}
   * @param eyes makes pixels for models that take no encoded pictures; stays the caller's
   * @param unit whether it wants pixels in [0, 1] rather than [-1, 1]
   * @throws IOException if it has no signature for pictures, or does not load
   */
  public SavedModelPatient(String name, Path directory, Reference eyes, boolean unit)
      throws IOException {
    TensorFlowRuntime.prepare();
    this.name = name;
    this.eyes = eyes;
    this.unit = unit;
    SavedModelBundle loaded;
    try {
      loaded = SavedModelBundle.load(directory.toString(), "serve");
    } catch (TensorFlowException | IllegalArgumentException e) {
      throw Outputs.unusable("one that TensorFlow does not load: " + e.getMessage(), name);
    }
    bundle = loaded;
    Optional<SignatureDef> usable = usable(bundle.metaGraphDef().getSignatureDefMap());
    if (usable.isEmpty()) {
      bundle.close();
      throw Outputs.unusable("none such", name);
    }
    signature = usable.get();
  }

  private static Optional<SignatureDef> usable(Map<String, SignatureDef> signatures) {
    for (String key : KEYS) {
      SignatureDef signature = signatures.get(key);
      if (signature != null && isUsable(signature)) {
        return Optional.of(signature);
      }
    }
    return signatures.values().stream().filter(SavedModelPatient::isUsable).findFirst();
  }

  private static boolean isUsable(SignatureDef signature) {
    if (signature.getInputsCount() != 1 || scores(signature).isEmpty()) {
      return false;
    }
    TensorInfo input = signature.getInputsMap().values().iterator().next();
    boolean pixels =
        input.getDtype() == DataType.DT_FLOAT && input.getTensorShape().getDimCount() == 4;
    boolean encoded =
        input.getDtype() == DataType.DT_STRING && !signature.getInputsMap().containsKey("inputs");
    return pixels || encoded;
  }

  private static Optional<String> scores(SignatureDef signature) {
    Set<String> aliases = signature.getOutputsMap().keySet();
    return Outputs.scores(aliases)
        .filter(a -> signature.getOutputsOrThrow(a).getDtype() == DataType.DT_FLOAT);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public List<Answer> answers(List<byte[]> pictures) throws IOException {
    List<Answer> answers = new ArrayList<>();
    for (int i = 0; i < pictures.size(); i++) {
      answers.add(answer(i, pictures.get(i)));
    }
    return answers;
  }

  private Answer answer(int picture, byte[] file) throws IOException {
    TensorInfo input = signature.getInputsMap().values().iterator().next();
    String scores = scores(signature).orElseThrow();
    Optional<String> classes = Outputs.classes(signature.getOutputsMap().keySet());
    try (Tensor fed =
        input.getDtype() == DataType.DT_STRING ? encoded(file) : pixels(picture, file)) {
      Session.Runner runner = bundle.session().runner().feed(input.getName(), fed);
      runner.fetch(signature.getOutputsOrThrow(scores).getName());
      classes.ifPresent(c -> runner.fetch(signature.getOutputsOrThrow(c).getName()));
      try (Result result = runner.run()) {
        Tensor values = result.get(0);
        float[] numbers = new float[Math.toIntExact(values.shape().size())];
        values.asRawTensor().data().asFloats().read(numbers);
        return new Answer(
            classes.isPresent() ? names((TString) result.get(1)) : Outputs.numbered(numbers.length),
            numbers);
      }
    } catch (TensorFlowException e) {
      throw Outputs.unusable("one that does not answer: " + e.getMessage(), name);
    }
  }

  private static List<String> names(TString values) {
    List<String> names = new ArrayList<>();
    values.scalars().forEach(s -> names.add(s.getObject()));
    return names;
  }

  private static Tensor encoded(byte[] file) {
    return TString.tensorOfBytes(NdArrays.vectorOfObjects(file));
  }

  private Tensor pixels(int picture, byte[] file) throws IOException {
    Eye.Sight sight = eyes.prepared(picture, file);
    float[] values = sight.pixels().clone();
    for (int i = 0; unit && i < values.length; i++) {
      values[i] = (values[i] + 1) / 2;
    }
    ImageSize size = sight.size();
    return TFloat32.tensorOf(Shape.of(1, size.height(), size.width(), 3), DataBuffers.of(values));
  }

  @Override
  public void close() {
    bundle.close();
  }
}
