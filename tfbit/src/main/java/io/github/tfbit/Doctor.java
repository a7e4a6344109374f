package io.github.tfbit;

import io.github.tfbit.checkpoints.Checkpoint;
import io.github.tfbit.checkpoints.CheckpointException;
import io.github.tfbit.checkpoints.Problem;
import io.github.tfbit.checkpoints.savedmodel.SavedModel;
import io.github.tfbit.converters.ModelFile;
import io.github.tfbit.doctor.Diagnosis;
import io.github.tfbit.doctor.Examination;
import io.github.tfbit.doctor.Patient;
import io.github.tfbit.doctor.Reference;
import io.github.tfbit.doctor.RestPatient;
import io.github.tfbit.doctor.SavedModelPatient;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Finds out why two models do not answer alike. Each is a path, of anything that {@link
 * BitModel#open} takes or of any SavedModel for pictures, or the address of a REST endpoint. A
 * SavedModel with a graph for pictures answers by that graph; its weights, where they are BiT's,
 * serve to look for mistakes in the other.
 *
 * <p>Owns both models until it is closed. Not safe for several threads.
 */
public final class Doctor implements AutoCloseable {
  private final List<Closeable> owned = new ArrayList<>();
  private final Side a;
  private final Side b;

  /** A model: what its weights say, what it answers, or both. */
  private record Side(Optional<Reference> weights, Optional<Patient> graph) {}

  private Doctor(String a, String b) throws IOException {
    try {
      Optional<Reference> first = weights(a);
      Optional<Reference> second = weights(b);
      if (first.isEmpty() && second.isEmpty() && !(isAddress(a) && isAddress(b))) {
        throw new CheckpointException.Mismatch(
            new Problem(
                "at least one BiT model whose weights can be read, or two addresses",
                "none",
                a + " and " + b,
                "name the checkpoint or run that one of them was made of"));
      }
      this.a = side(a, first, first.or(() -> second));
      this.b = side(b, second, second.or(() -> first));
    } catch (IOException | RuntimeException | Error e) {
      close();
      throw e;
    }
  }

  /**
   * Opens two models.
   *
   * @param a a path or an address
   * @param b a path or an address
   * @return to be closed
   * @throws io.github.tfbit.checkpoints.CheckpointException if neither's weights can be read
   * @throws IOException if one cannot be opened
   */
  public static Doctor of(String a, String b) throws IOException {
    return new Doctor(a, b);
  }

  private static boolean isAddress(String model) {
    return model.startsWith("http://") || model.startsWith("https://");
  }

  private <T extends Closeable> T owned(T thing) {
    owned.add(0, thing);
    return thing;
  }

  /** A reference of a model whose weights are BiT's, with a head. */
  private Optional<Reference> weights(String model) throws IOException {
    if (isAddress(model)) {
      return Optional.empty();
    }
    ModelSource.Opened opened;
    try {
      opened = ModelSource.of(Path.of(model)).open();
    } catch (CheckpointException e) {
      if (SavedModel.isSavedModel(Path.of(model))) {
        return Optional.empty(); // anybody's: it answers by its graph
      }
      throw e;
    }
    owned(opened::close);
    ModelSettings settings = ModelSettings.of(opened, new ModelSettings.Overrides());
    Checkpoint weights = opened.weights();
    Reference.Anatomy anatomy =
        new Reference.Anatomy(
            weights,
            settings.architecture(),
            settings.requireHead(),
            settings.labels().names(),
            settings.size(),
            settings.decoding());
    Reference reference = new Reference(model, anatomy);
    owned(reference::close);
    return Optional.of(reference);
  }

  private Side side(String model, Optional<Reference> weights, Optional<Reference> eyes)
      throws IOException {
    if (isAddress(model)) {
      return new Side(weights, Optional.of(new RestPatient(model)));
    }
    Path path = Path.of(model);
    if (!SavedModel.isSavedModel(path) || !answers(SavedModel.open(path))) {
      return new Side(weights, Optional.empty());
    }
    boolean unit = isUnit(path, weights.isPresent());
    Patient patient = new SavedModelPatient(model, path, eyes.orElseThrow(), unit);
    owned(patient::close);
    return new Side(weights, Optional.of(patient));
  }

  /** Whether a SavedModel has a graph with signatures, and not variables alone. */
  private static boolean answers(SavedModel model) {
    return !model.graphs().isEmpty() && !model.serving().signatures().isEmpty();
  }

  /** Whether a published module wants pixels in [0, 1]. */
  private static boolean isUnit(Path path, boolean weights) throws IOException {
    if (!weights) {
      return false;
    }
    try (ModelFile file = ModelFile.open(path)) {
      return file.inputRange().low() == 0;
    }
  }

  /**
   * Compares the two by drawn pictures that show most mistakes.
   *
   * @return what differs, and why
   * @throws IOException if one does not answer
   */
  public Diagnosis examine() throws IOException {
    return examine(Examination.byDrawnPictures());
  }

  /**
   * Compares the two by pictures.
   *
   * @param pictures bytes of picture files, at least one
   * @return what differs, and why
   * @throws io.github.tfbit.data.ImageException if one is no picture
   * @throws IOException if a model does not answer
   */
  public Diagnosis examine(List<byte[]> pictures) throws IOException {
    return examine(new Examination(pictures));
  }

  private Diagnosis examine(Examination examination) throws IOException {
    for (Side side : List.of(a, b)) {
      side.weights().ifPresent(w -> examination.alsoTry(w.anatomy().size()));
    }
    if (a.graph().isEmpty() && b.graph().isEmpty()) {
      return examination.compare(a.weights().orElseThrow(), b.weights().orElseThrow());
    }
    if (a.graph().isEmpty()) {
      return examination.compare(a.weights().orElseThrow(), b.graph().get());
    }
    if (b.graph().isEmpty()) {
      return examination.compare(b.weights().orElseThrow(), a.graph().get());
    }
    return twoGraphs(examination, a.graph().get(), b.graph().get());
  }

  /** Each against the weights of either: the one that is explained by a mistake makes it. */
  private Diagnosis twoGraphs(Examination examination, Patient one, Patient two)
      throws IOException {
    Diagnosis outside = examination.compare(one, two);
    Optional<Reference> known = a.weights().or(b::weights);
    if (outside.alike() || known.isEmpty()) {
      return outside;
    }
    Diagnosis first = examination.compare(known.get(), one);
    Diagnosis second = examination.compare(known.get(), two);
    Diagnosis worse =
        first.alike() || (!second.alike() && !first.suspicions().get(0).certain()) ? second : first;
    return new Diagnosis(false, outside.distance(), Optional.empty(), worse.suspicions());
  }

  @Override
  public void close() throws IOException {
    IOException failure = null;
    for (Closeable thing : owned) {
      try {
        thing.close();
      } catch (IOException e) {
        failure = e;
      }
    }
    owned.clear();
    if (failure != null) {
      throw failure;
    }
  }
}
