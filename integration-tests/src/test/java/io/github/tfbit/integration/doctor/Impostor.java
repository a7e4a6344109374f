package io.github.tfbit.integration.doctor;

import io.github.tfbit.BitModel;
import io.github.tfbit.data.ImageSize;
import io.github.tfbit.doctor.Answer;
import io.github.tfbit.doctor.Patient;
import io.github.tfbit.graph.Endpoint;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.tensorflow.EagerSession;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TString;

/**
 * A model that prepares pictures, or words its answers, in a way of its own: eager operations and
 * plain loops, no code of the doctor's.
 */
final class Impostor implements Patient {
  /** A picture's pixels from 0 to 255, and how large they are. */
  @SuppressWarnings("ArrayRecordComponent")
  record Pixels(float[] values, int height, int width) {}

  private final BitModel model;
  private final BiFunction<Ops, Operand<TString>, Operand<TFloat32>> eyes;
  private final Function<float[], float[]> scale;
  private final Function<float[], Answer> words;

  Impostor(
      BitModel model,
      BiFunction<Ops, Operand<TString>, Operand<TFloat32>> eyes,
      Function<float[], float[]> scale,
      Function<float[], Answer> words) {
    this.model = model;
    this.eyes = eyes;
    this.scale = scale;
    this.words = words;
  }

  @Override
  public String name() {
    return "impostor";
  }

  @Override
  public List<Answer> answers(List<byte[]> pictures) throws IOException {
    List<Answer> answers = new ArrayList<>();
    for (byte[] picture : pictures) {
      Pixels seen = see(picture);
      float[] fed = scale.apply(seen.values());
      float[] logits =
          model.features(Endpoint.LOGITS, fed, new ImageSize(seen.height(), seen.width())).values();
      answers.add(words.apply(logits));
    }
    return answers;
  }

  private Pixels see(byte[] picture) {
    try (EagerSession session = EagerSession.create()) {
      Ops tf = Ops.create(session);
      TFloat32 seen =
          eyes.apply(
                  tf,
                  tf.constantOf(
                      TString.tensorOfBytes(
                          org.tensorflow.ndarray.NdArrays.scalarOfObject(picture))))
              .asTensor();
      float[] values = new float[(int) seen.size()];
      seen.asRawTensor().data().asFloats().read(values);
      int at = seen.shape().numDimensions() - 3;
      return new Pixels(values, (int) seen.shape().get(at), (int) seen.shape().get(at + 1));
    }
  }

  @Override
  public void close() {
    // The model is the test's.
  }
}
