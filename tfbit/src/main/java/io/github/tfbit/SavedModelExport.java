package io.github.tfbit;

import io.github.tfbit.checkpoints.AtomicDirectory;
import io.github.tfbit.checkpoints.Checkpoint;
import io.github.tfbit.checkpoints.Existing;
import io.github.tfbit.checkpoints.OutputException;
import io.github.tfbit.converters.Activation;
import io.github.tfbit.converters.Architecture;
import io.github.tfbit.data.ImageSize;
import io.github.tfbit.data.ImageSource;
import io.github.tfbit.export.ExportReadme;
import io.github.tfbit.export.Precision;
import io.github.tfbit.export.SavedModelWriter;
import io.github.tfbit.export.ServerFiles;
import io.github.tfbit.export.ServingSettings;
import io.github.tfbit.export.Versions;
import io.github.tfbit.image.Decoding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Writes a model for TensorFlow Serving: a SavedModel with the signatures {@code serving_default}
 * (encoded pictures), {@code features} (the same, described), {@code classify} ({@code
 * tf.Example}), {@code pixels} and {@code images}, labels and preprocessing inside; beside them
 * requests to warm up with, what the server is to do with requests that come together, and a page
 * that says how to serve and to ask it. What the weights were is in {@code
 * assets.extra/provenance.json}: their content id, because an export holds them standardised.
 *
 * <p>Immutable; may be written several times.
 */
public final class SavedModelExport {
  private final ModelSource source;
  private final ModelSettings.Overrides overrides;
  private final OptionalLong version;
  private final Existing existing;
  private final Precision precision;
  private final Optional<ImageSize> typicalPicture;
  private final List<ImageSource> warmup;

  private SavedModelExport(Builder builder) {
    this.source = builder.source;
    this.overrides = builder.overrides.copy();
    this.version = builder.version;
    this.existing = builder.existing;
    this.precision = builder.precision;
    this.typicalPicture = builder.typicalPicture;
    this.warmup = builder.warmup;
  }

  /**
   * Starts with a model on disk.
   *
   * @param model a file or directory of any published form, a {@code .tar.gz} of one, or a finished
   *     run's directory
   * @return settings to change
   */
  public static Builder of(Path model) {
    return new Builder(ModelSource.of(model));
  }

  /**
   * Starts with weights from anywhere.
   *
   * @param weights of the published layout; read by {@link #writeTo}, stays the caller's
   * @return settings to change
   */
  public static Builder of(Checkpoint weights) {
    return new Builder(ModelSource.of(weights));
  }

  /**
   * The size that an export resizes encoded pictures to, so that whoever reads its weights can do
   * the same.
   *
   * @param model any model
   * @return empty for anything but an export that says so
   * @throws io.github.tfbit.checkpoints.CheckpointException if what it says is damaged
   * @throws IOException if it cannot be read
   */
  public static Optional<ImageSize> sizeOf(Path model) throws IOException {
    return ExportProvenance.size(model);
  }

  /**
   * Writes {@code base/N/}. It is written beside its place and moved there, so that a server that
   * polls the directory sees all of it or nothing.
   *
   * @param base the model's directory, made if there is none; earlier versions in it stay
   * @return the version's directory
   * @throws io.github.tfbit.checkpoints.CheckpointException if the weights are corrupt, not finite
   *     or no BiT model
   * @throws OutputException if the version exists, the disk is full or the directory cannot be
   *     written to
   * @throws io.github.tfbit.data.ImageException if a picture to warm up with cannot be decoded
   * @throws java.io.InterruptedIOException if the thread was interrupted; nothing is left behind
   * @throws IOException if reading fails
   * @throws IllegalStateException if the model has no head
   * @throws IllegalArgumentException if the labels are not as many as the classes
   */
  public Path writeTo(Path base) throws IOException {
    try (ModelSource.Opened opened = source.open()) {
      opened
          .recorded()
          .requireHead(false, "build a graph with it on BitModel.graph() and save that");
      ModelSettings model = ModelSettings.of(opened, overrides);
      ServingSettings settings = model.serving();
      List<byte[]> pictures =
          warmup.isEmpty()
              ? WarmupPictures.drawn(
                  typicalPicture.or(opened.recorded()::typicalPicture).orElse(model.size()))
              : WarmupPictures.of(warmup, model.decoding());
      List<Path> made = missing(base);
      try {
        return write(opened.weights(), new Contents(settings, model, pictures), base);
      } catch (IOException | RuntimeException | Error e) {
        remove(made, e);
        throw e;
      }
    }
  }

  /** Which folders an export has to make, the innermost first. */
  private static List<Path> missing(Path base) {
    List<Path> folders = new ArrayList<>();
    for (Path p = base.toAbsolutePath(); p != null && !Files.exists(p); p = p.getParent()) {
      folders.add(p);
    }
    return folders;
  }

  private static void remove(List<Path> folders, Throwable why) {
    try {
      for (Path p : folders) {
        Files.deleteIfExists(p);
      }
    } catch (IOException e) {
      why.addSuppressed(e); // somebody else has put something there
    }
  }

  /** What is written beside the weights. */
  private record Contents(ServingSettings settings, ModelSettings model, List<byte[]> warmup) {}

  private Path write(Checkpoint weights, Contents contents, Path base) throws IOException {
    Files.createDirectories(base);
    long number = version.isPresent() ? version.getAsLong() : Versions.next(base);
    Path target = base.resolve(Long.toString(number));
    try (AtomicDirectory directory = AtomicDirectory.create(target, existing)) {
      fill(directory.path(), weights, contents, new Name(served(base), number));
      directory.commit();
      AtomicDirectory.deleteAbandoned(target);
    } catch (IOException e) {
      throw OutputException.whileWriting(target, e);
    }
    return target;
  }

  /** What clients call an export. */
  private record Name(String model, long version) {}

  private void fill(Path directory, Checkpoint weights, Contents contents, Name name)
      throws IOException {
    ServingSettings settings = contents.settings();
    SavedModelWriter.write(weights, settings, precision, directory);
    Labels labels = contents.model().labels();
    ExportProvenance.write(
        weights, new ExportProvenance.Made(settings, precision), labels.knowledge(), directory);
    Optional<Thresholds> thresholds = contents.model().answers().thresholds();
    if (thresholds.isPresent()) {
      thresholds.get().write(directory.resolve(Thresholds.EXTRA), labels.names());
    }
    ServerFiles.writeWarmup(directory, name.model(), contents.warmup());
    ServerFiles.writeBatching(directory);
    ExportReadme.write(directory, name.model(), name.version(), settings, precision);
  }

  /** The model's name as its directory suggests it, fit for an address and a shell. */
  private static String served(Path base) {
    Path name = base.toAbsolutePath().normalize().getFileName();
    String safe = name == null ? "" : name.toString().replaceAll("[^A-Za-z0-9._-]", "-");
    return safe.isEmpty() ? "model" : safe;
  }

  /** Settings of an export. Not safe for several threads. */
  public static final class Builder {
    private final ModelSource source;
    private final ModelSettings.Overrides overrides = new ModelSettings.Overrides();
    private OptionalLong version = OptionalLong.empty();
    private Existing existing = Existing.REFUSE;
    private Precision precision = Precision.FLOAT32;
    private Optional<ImageSize> typicalPicture = Optional.empty();
    private List<ImageSource> warmup = List.of();

    private Builder(ModelSource source) {
      this.source = source;
    }

    /**
     * The network's shape, where the weights do not say it: other GroupNorm groups than usual.
     *
     * @param architecture that the weights must fit
     * @return this
     */
    public Builder architecture(Architecture architecture) {
      overrides.architecture = Objects.requireNonNull(architecture, "architecture");
      return this;
    }

    /**
     * From which probabilities labels count as there; written into {@code
     * assets.extra/thresholds.json}, and no part of the signatures.
     *
     * @param thresholds one per class of a sigmoid head; by default those stored beside the weights
     * @return this
     */
    public Builder thresholds(Thresholds thresholds) {
      overrides.thresholds = Objects.requireNonNull(thresholds, "thresholds");
      return this;
    }

    /**
     * The classes' names.
     *
     * @param labels one per class of the head
     * @return this
     */
    public Builder labels(Labels labels) {
      overrides.labels = Objects.requireNonNull(labels, "labels");
      return this;
    }

    /**
     * How logits become scores.
     *
     * @param activation by default as {@link BitModel.Builder#activation} has it
     * @return this
     */
    public Builder activation(Activation activation) {
      overrides.activation = Objects.requireNonNull(activation, "activation");
      return this;
    }

    /**
     * What encoded pictures and pixels are resized to.
     *
     * @param size by default as {@link BitModel.Builder#size} has it
     * @return this
     */
    public Builder size(ImageSize size) {
      overrides.size = Objects.requireNonNull(size, "size");
      return this;
    }

    /**
     * What an encoded picture's pixels are taken to be. A background is part of the export; an
     * export does not turn pictures by EXIF, so that clients of a model that learned from turned
     * ones turn theirs first.
     *
     * @param decoding by default as the run recorded it, else as TensorFlow decodes
     * @return this
     */
    public Builder decoding(Decoding decoding) {
      overrides.decoding = Objects.requireNonNull(decoding, "decoding");
      return this;
    }

    /**
     * How many classes an answer names; fixed in the signature.
     *
     * @param top at least 1, by default {@value BitModel#DEFAULT_TOP}; not more than there are
     * @return this
     */
    public Builder top(int top) {
      overrides.top(top);
      return this;
    }

    /**
     * The version's number.
     *
     * @param version at least 1; by default one more than the highest there is
     * @return this
     */
    public Builder version(long version) {
      if (version < 1) {
        throw new IllegalArgumentException("expected a version of at least 1, found " + version);
      }
      this.version = OptionalLong.of(version);
      return this;
    }

    /**
     * The number format that the network computes in; preprocessing and scores are float32 always.
     *
     * @param precision by default float32, which answers as {@link BitModel} does
     * @return this
     */
    public Builder precision(Precision precision) {
      this.precision = Objects.requireNonNull(precision, "precision");
      return this;
    }

    /**
     * The size of the pictures that a server warms up with, which are drawn and show nothing.
     *
     * @param size of a usual picture; by default as the run recorded it, else as {@link #size}
     * @return this
     */
    public Builder typicalPicture(ImageSize size) {
      typicalPicture = Optional.of(size);
      return this;
    }

    /**
     * The pictures that a server warms up with instead of drawn ones. They become part of the
     * export as they are.
     *
     * @param pictures JPEG, PNG, GIF or BMP; those after the 32nd are left out
     * @return this
     */
    public Builder warmup(List<ImageSource> pictures) {
      if (pictures.isEmpty()) {
        throw new IllegalArgumentException("expected pictures to warm up with, found none");
      }
      warmup = List.copyOf(pictures);
      return this;
    }

    /**
     * What to do if the version exists.
     *
     * @param existing by default it is refused
     * @return this
     */
    public Builder existing(Existing existing) {
      this.existing = Objects.requireNonNull(existing, "existing");
      return this;
    }

    /**
     * Fixes the settings.
     *
     * @return an export, to be written; nothing is read yet
     */
    public SavedModelExport build() {
      return new SavedModelExport(this);
    }
  }
}
