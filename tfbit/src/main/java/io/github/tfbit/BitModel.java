package io.github.tfbit;

import io.github.tfbit.checkpoints.Checkpoint;
import io.github.tfbit.checkpoints.Problem;
import io.github.tfbit.converters.Activation;
import io.github.tfbit.converters.Architecture;
import io.github.tfbit.converters.Head;
import io.github.tfbit.data.DataException;
import io.github.tfbit.data.ImageDataset;
import io.github.tfbit.data.ImageDatasets;
import io.github.tfbit.data.ImageException;
import io.github.tfbit.data.ImageSize;
import io.github.tfbit.data.ImageSource;
import io.github.tfbit.evaluate.Answer;
import io.github.tfbit.evaluate.Evaluation;
import io.github.tfbit.export.ServingSettings;
import io.github.tfbit.graph.BitGraph;
import io.github.tfbit.graph.Device;
import io.github.tfbit.graph.Endpoint;
import io.github.tfbit.graph.HeadFunction;
import io.github.tfbit.graph.SessionOptions;
import io.github.tfbit.image.Decoding;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A model that answers: names what pictures show, or describes them by features.
 *
 * <p>Safe from any thread; one serves a whole process. Owns graph, session and native memory:
 * {@link #close} waits for calls under way and frees them, and calls after it throw {@link
 * IllegalStateException}. Arrays returned are the caller's. What is computed for given pictures in
 * a given order does not depend on timing: the same call gives the same bits.
 */
public final class BitModel implements AutoCloseable {
  /** Classes that an answer names unless told otherwise. */
  public static final int DEFAULT_TOP = 5;

  private final ModelSettings settings;
  private final Engine engine;

  private BitModel(ModelSettings settings, Engine engine) {
    this.settings = settings;
    this.engine = engine;
  }

  /**
   * Opens a model with default settings.
   *
   * @param model a file or directory of any published form, a {@code .tar.gz} of one, or a finished
   *     run's directory
   * @return an open model; the caller closes it
   * @throws io.github.tfbit.checkpoints.CheckpointException if it is corrupt or no BiT model
   * @throws IOException if it cannot be read
   * @throws io.github.tfbit.graph.RuntimeProblemException if TensorFlow cannot run here
   */
  public static BitModel open(Path model) throws IOException {
    return builder(model).build();
  }

  /**
   * Starts with a model on disk.
   *
   * @param model a file or directory of any published form, a {@code .tar.gz} of one, or a finished
   *     run's directory
   * @return settings to change
   */
  public static Builder builder(Path model) {
    return new Builder(ModelSource.of(model));
  }

  /**
   * Starts with weights from anywhere.
   *
   * @param weights of the published layout; read by {@link Builder#build}, stays the caller's
   * @return settings to change
   */
  public static Builder builder(Checkpoint weights) {
    return new Builder(ModelSource.of(weights));
  }

  /**
   * The network's shape.
   *
   * @return as read from the weights, or as the run recorded it
   */
  public Architecture architecture() {
    return settings.architecture();
  }

  /**
   * The layer that makes class scores of features.
   *
   * @return empty for a model that only makes features
   */
  public Optional<Head> head() {
    return settings.head();
  }

  /**
   * The classes' names.
   *
   * @return one per class; decimal indices where nobody knows names; none without a head
   */
  public Labels labels() {
    return settings.labels();
  }

  /**
   * From which probabilities the labels of a sigmoid head count as there.
   *
   * @return as a run or an export has them stored; empty otherwise
   */
  public Optional<Thresholds> thresholds() {
    return settings.answers().thresholds();
  }

  /**
   * What pictures are resized to.
   *
   * @return height and width in pixels
   */
  public ImageSize size() {
    return settings.size();
  }

  /**
   * How many pictures of a list are computed at a time; a caller that cuts a longer list at a
   * multiple of it gets the same bits.
   *
   * @return pictures, by a fixed rule from architecture and size
   */
  public int microBatch() {
    return MicroBatch.of(architecture(), size());
  }

  /**
   * Names what a picture shows.
   *
   * @param image the picture
   * @return the best classes
   * @throws ImageException if it is no picture
   * @throws IOException if it cannot be read
   * @throws IllegalStateException without a head, or after {@link #close}
   */
  public Prediction.Ranked classify(ImageSource image) throws IOException {
    Prediction.Ranked[] answer = new Prediction.Ranked[1];
    engine.logits(
        List.of(image),
        (from, failures, rows) -> {
          FeatureRows.requireAll(failures);
          answer[0] = settings.ranking().rank(rows.row(0));
        });
    return answer[0];
  }

  /**
   * Names what pictures show.
   *
   * @param images the pictures
   * @return one answer per picture, in order; what is no picture is refused without harm to the
   *     rest
   * @throws IOException if one cannot be read for another reason
   * @throws IllegalStateException without a head, or after {@link #close}
   */
  public List<Prediction> classify(List<ImageSource> images) throws IOException {
    List<Prediction> answers = new ArrayList<>();
    engine.logits(
        images,
        (from, failures, rows) -> {
          for (int i = 0; i < failures.size(); i++) {
            Optional<ImageException> failure = failures.get(i);
            answers.add(
                failure.isPresent()
                    ? new Prediction.Refused(failure.get().getMessage())
                    : settings.ranking().rank(rows.row(i)));
          }
        });
    return answers;
  }

  /**
   * Describes pictures by their pre-logits, the features that transfer.
   *
   * @param images the pictures
   * @return {@code [pictures][features]}, 2048 times the width factor features each
   * @throws ImageException at the first that is no picture
   * @throws IOException if one cannot be read
   * @throws IllegalStateException after {@link #close}
   */
  public float[][] features(List<ImageSource> images) throws IOException {
    List<float[]> all = new ArrayList<>();
    engine.run(
        images,
        Endpoint.PRE_LOGITS,
        (from, failures, rows) -> {
          FeatureRows.requireAll(failures);
          for (int i = 0; i < failures.size(); i++) {
            all.add(rows.row(i));
          }
        });
    return all.toArray(float[][]::new);
  }

  /**
   * What the network computes of a picture on its way.
   *
   * @param at where to look
   * @param image the picture
   * @return one row
   * @throws ImageException if it is no picture
   * @throws IOException if it cannot be read
   * @throws IllegalStateException for logits without a head, or after {@link #close}
   */
  public FeatureMap features(Endpoint at, ImageSource image) throws IOException {
    return features(at, List.of(image));
  }

  /**
   * What the network computes of pictures on its way.
   *
   * @param at where to look
   * @param images at least one picture
   * @return one row per picture, in order
   * @throws ImageException at the first that is no picture
   * @throws IOException if one cannot be read
   * @throws IllegalStateException for logits without a head, or after {@link #close}
   */
  public FeatureMap features(Endpoint at, List<ImageSource> images) throws IOException {
    FeatureRows.Collector collector = new FeatureRows.Collector(images.size());
    engine.run(images, at, collector);
    return collector.result();
  }

  /**
   * What the network computes of pixels that are taken as they are: not resized, not scaled.
   *
   * @param at where to look
   * @param pixels {@code [rows, height, width, 3]} in C order, RGB in [-1, 1]; not kept
   * @param size height and width of every row; the number of rows follows
   * @return one row per picture
   * @throws IllegalArgumentException if the pixels are not a whole number of pictures of that size
   * @throws IllegalStateException for logits without a head, or after {@link #close}
   */
  public FeatureMap features(Endpoint at, float[] pixels, ImageSize size) {
    return engine.run(at, pixels, size);
  }

  /**
   * Judges the model by labelled pictures; labels of a sigmoid head by the stored thresholds, or by
   * those that are best for these pictures if none are stored.
   *
   * @param data its classes must be among the model's, by name or by WordNet id, in any order;
   *     where the model's names are not known, as many as it has, in its order
   * @return accuracy and calibration
   * @throws DataException if the classes do not fit
   * @throws ImageException at the first that is no picture
   * @throws IOException if one cannot be read
   * @throws IllegalStateException without a head, or after {@link #close}
   */
  public Evaluation evaluate(ImageDataset data) throws IOException {
    return evaluate(data, answer -> {});
  }

  /**
   * Judges the model by labelled pictures, and shows every answer while it does: to {@link
   * io.github.tfbit.evaluate.WorstMistakes} for example.
   *
   * @param data as {@link #evaluate(ImageDataset)} takes it
   * @param sink called in the order of the pictures, on this thread
   * @return accuracy and calibration
   * @throws IOException as {@link #evaluate(ImageDataset)}, or from the sink
   * @throws IllegalStateException without a head, or after {@link #close}
   */
  public Evaluation evaluate(ImageDataset data, Answer.Sink sink) throws IOException {
    Head head = settings.requireHead();
    ImageDataset matched = matched(data);
    Evaluation.Counter counter =
        thresholds()
            .map(t -> Evaluation.counter(head.activation(), t.toArray()))
            .orElseGet(() -> Evaluation.counter(head.classes(), head.activation()));
    engine.evaluate(matched, counter, sink);
    return counter.result();
  }

  /**
   * What the network computes of a data set's pictures.
   *
   * @param from first picture; a multiple of {@link #microBatch}
   */
  void rows(ImageDataset data, int from, Endpoint at, Inference.Sink sink) throws IOException {
    engine.run(data, from, at, sink);
  }

  private ImageDataset matched(ImageDataset data) throws DataException {
    Optional<List<String>> order = labels().orderFor(data.classes());
    if (order.isPresent()) {
      return ImageDatasets.withClasses(data, order.get());
    } else if (labels().knowledge() == Labels.Knowledge.KNOWN) {
      return ImageDatasets.withClasses(data, labels().names()); // throws, and says which fit not
    }
    throw new DataException(
        new Problem(
            labels().size() + " classes, as the model's head has",
            data.classes().size() + " classes",
            "the data",
            "evaluate on data of the same classes, or fine-tune the model on these first"));
  }

  /** What an export of this model would be made of. */
  ServingSettings servingSettings() {
    return settings.serving();
  }

  /** What computes. */
  Engine engine() {
    return engine;
  }

  /**
   * The network itself, for those who build on it with TensorFlow.
   *
   * @return open until this model is closed; not to be closed on its own
   * @throws IllegalStateException after {@link #close}
   */
  public BitGraph graph() {
    return engine.graph();
  }

  /** Waits for calls under way and frees everything. A second call does nothing. */
  @Override
  public void close() {
    engine.close();
  }

  /** Settings of a model to open. Not safe for several threads. */
  public static final class Builder {
    private final ModelSource source;
    private final ModelSettings.Overrides overrides = new ModelSettings.Overrides();
    private Device device = Device.AUTO;
    private int threads;
    private int streams = 1;
    private HeadFunction function = HeadFunction.LINEAR;

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
     * From which probabilities labels count as there.
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
     * How logits become probabilities.
     *
     * @param activation by default what the run recorded; for a bare file, sigmoid for 21,843
     *     classes and softmax otherwise
     * @return this
     */
    public Builder activation(Activation activation) {
      overrides.activation = Objects.requireNonNull(activation, "activation");
      return this;
    }

    /**
     * What pictures are resized to.
     *
     * @param size by default what the model was fine-tuned at, else the paper's for its
     *     architecture: 384 x 384, for R152x4 480 x 480
     * @return this
     */
    public Builder size(ImageSize size) {
      overrides.size = Objects.requireNonNull(size, "size");
      return this;
    }

    /**
     * What a picture file's pixels are taken to be.
     *
     * @param decoding by default as the run recorded it, else as TensorFlow decodes
     * @return this
     */
    public Builder decoding(Decoding decoding) {
      overrides.decoding = Objects.requireNonNull(decoding, "decoding");
      return this;
    }

    /**
     * How many classes an answer names.
     *
     * @param top at least 1, by default {@value #DEFAULT_TOP}; not more than there are
     * @return this
     */
    public Builder top(int top) {
      overrides.top(top);
      return this;
    }

    /**
     * What makes logits of features, for a model that was trained with a head of its own.
     *
     * @param function as {@link TrainingBuilder#head} was given it
     * @return this
     */
    public Builder head(HeadFunction function) {
      this.function = Objects.requireNonNull(function, "function");
      return this;
    }

    /**
     * Where to compute.
     *
     * @param device by default a GPU if one is usable
     * @return this
     */
    public Builder device(Device device) {
      this.device = Objects.requireNonNull(device, "device");
      return this;
    }

    /**
     * Threads to compute and decode with. The process's first session decides for all.
     *
     * @param threads 0, the default, for all cores
     * @return this
     */
    public Builder threads(int threads) {
      if (threads < 0) {
        throw new IllegalArgumentException("expected 0 or more threads, found " + threads);
      }
      this.threads = threads;
      return this;
    }

    /**
     * Batches that are computed at the same time, each on its share of the threads. For many
     * pictures on a CPU as many as there are cores is fastest (docs/speed.md); for single pictures
     * one, the default, since a single picture is computed by one stream. The process's first
     * session decides for all.
     *
     * @param streams at least 1
     * @return this
     */
    public Builder streams(int streams) {
      if (streams < 1) {
        throw new IllegalArgumentException("expected 1 or more streams, found " + streams);
      }
      this.streams = streams;
      return this;
    }

    /**
     * Opens the model.
     *
     * @return an open model; the caller closes it
     * @throws io.github.tfbit.checkpoints.CheckpointException if the weights are corrupt, not
     *     finite or no BiT model
     * @throws IOException if they cannot be read
     * @throws IllegalArgumentException if the labels are not as many as the classes
     * @throws io.github.tfbit.graph.RuntimeProblemException if TensorFlow cannot run as asked for
     */
    public BitModel build() throws IOException {
      try (ModelSource.Opened opened = source.open()) {
        opened
            .recorded()
            .requireHead(
                function != HeadFunction.LINEAR, "give BitModel.Builder.head its function");
        ModelSettings settings = ModelSettings.of(opened, overrides);
        SessionOptions session = new SessionOptions(device, threads, streams);
        return new BitModel(settings, Engine.open(opened.weights(), settings, function, session));
      }
    }
  }
}
