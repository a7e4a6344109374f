package io.github.tfbit.converters;

import io.github.tfbit.checkpoints.Checkpoint;
import io.github.tfbit.checkpoints.CheckpointException.Mismatch;
import io.github.tfbit.checkpoints.Checkpoints;
import io.github.tfbit.checkpoints.DType;
import io.github.tfbit.checkpoints.Problem;
import io.github.tfbit.checkpoints.TensorInfo;
import io.github.tfbit.converters.view.MappedCheckpoint;
import io.github.tfbit.converters.view.Mapping;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A file or directory of any published form, opened: its weights as every form has them, and what
 * it says about itself. The content decides what it is, not its name.
 *
 * <p>Safe from any thread. Owns its files: whoever opened it closes it, and only then the weights
 * are closed.
 */
public final class ModelFile implements Closeable {
  private final Path path;
  private final Opened opened;
  private final Checkpoint weights;
  private final PublishedModel published;
  private final HeadFacts facts;

  /**
   * One form's answer.
   *
   * @param layout what it is
   * @param stored tensors as the file has them
   * @param named the same tensors under published names, kernels HWIO; closes everything
   * @param range that its own runtime wants
   * @param facts that it carries beside the weights
   * @param bytes of all its files
   */
  record Opened(
      Layout layout,
      List<TensorInfo> stored,
      Checkpoint named,
      InputRange range,
      FactSource facts,
      long bytes) {}

  /** Reads what an artefact says of its head beside the weights, if anything. */
  @FunctionalInterface
  interface FactSource {
    /** For so many classes. */
    HeadFacts read(int classes) throws IOException;
  }

  private ModelFile(Path path, Opened opened, Checkpoint weights, PublishedModel published)
      throws IOException {
    int classes = published.head().map(Head::classes).orElse(0);
    this.facts = opened.facts().read(classes).fitting(classes);
    this.path = path;
    this.opened = opened;
    this.weights = weights;
    this.published = published;
  }

  /**
   * Opens a model.
   *
   * @param model a file or directory of any published form, or a {@code .tar.gz} of one
   * @return to be closed
   * @throws io.github.tfbit.checkpoints.CheckpointException if it is missing, corrupt, of another
   *     form, or not one complete BiT network
   * @throws IOException if reading fails
   */
  public static ModelFile open(Path model) throws IOException {
    Opened opened = ModelFormats.open(model);
    try {
      requireFloats(opened);
      PublishedModel published = PublishedModel.of(opened.named());
      Checkpoint weights = inForwardOrder(Checkpoints.asFloat32(opened.named()), published);
      return new ModelFile(model, opened, weights, published);
    } catch (IOException | RuntimeException e) {
      opened.named().close();
      throw e;
    }
  }

  private static Checkpoint inForwardOrder(Checkpoint weights, PublishedModel model) {
    int classes = model.head().map(Head::classes).orElse(0);
    List<TensorInfo> order = model.architecture().tensors(classes);
    return order.equals(weights.tensors())
        ? weights
        : MappedCheckpoint.of(
            weights, order.stream().map(t -> Mapping.renamed(t, t.name())).toList());
  }

  /** Of the weights alone: a checkpoint of a training counts its steps in whole numbers. */
  private static void requireFloats(Opened opened) throws Mismatch {
    for (TensorInfo t : opened.named().tensors()) {
      if (t.dtype() == DType.FLOAT64 || t.dtype() == DType.INT64) {
        throw new Mismatch(
            new Problem(
                "float32, float16 or bfloat16 weights",
                t.dtype() + " in '" + t.name() + "'",
                opened.named().source(),
                "save the tensors as float32: rounding is not done unasked"));
      }
    }
  }

  /**
   * Where it lies.
   *
   * @return the path as given
   */
  public Path path() {
    return path;
  }

  /**
   * Which form it is.
   *
   * @return of an archive: what is in it
   */
  public Layout layout() {
    return opened.layout();
  }

  /**
   * The weights, the same whatever the form: published names, kernels HWIO, the head's {@code [1,
   * 1, features, classes]}, float32 (half precision is widened, which is exact), in forward order.
   *
   * @return valid until this is closed
   */
  public Checkpoint weights() {
    return weights;
  }

  /**
   * What the tensors say.
   *
   * @return architecture and head
   */
  public PublishedModel published() {
    return published;
  }

  /**
   * The tensors as the file has them.
   *
   * @return its own names, shapes and element types in its own order
   */
  public List<TensorInfo> stored() {
    return opened.stored();
  }

  /**
   * Which element type the weights are stored in.
   *
   * @return that of the root kernel
   */
  public DType storedAs() {
    return opened
        .named()
        .find(PublishedNames.ROOT_KERNEL)
        .map(TensorInfo::dtype)
        .orElse(DType.FLOAT32);
  }

  /**
   * What the artefact wants from its own runtime's users, and how that is known.
   *
   * @return never of interest to this project's own graphs
   */
  public InputRange inputRange() {
    return opened.range();
  }

  /**
   * The class names that the artefact carries.
   *
   * @return one a class; empty if it carries none, or not as many as it has classes
   */
  public Optional<List<String>> labels() {
    return facts.labels();
  }

  /**
   * What the artefact says of its head beside the weights.
   *
   * @return names and activation as far as it carries them
   */
  public HeadFacts facts() {
    return facts;
  }

  /**
   * The head, its activation as the artefact says, else as that of the published heads.
   *
   * @return empty for a backbone alone
   */
  public Optional<Head> head() {
    return published
        .head()
        .map(h -> new Head(h.classes(), facts.activation().orElse(h.activation())));
  }

  /**
   * Size of the file, or of all files of a directory.
   *
   * @return bytes
   */
  public long bytes() {
    return opened.bytes();
  }

  @Override
  public void close() throws IOException {
    weights.close();
  }
}
