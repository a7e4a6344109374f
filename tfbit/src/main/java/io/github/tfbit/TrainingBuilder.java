package io.github.tfbit;

import io.github.tfbit.checkpoints.fetch.ModelCache;
import io.github.tfbit.converters.Activation;
import io.github.tfbit.data.ImageDataset;
import io.github.tfbit.features.FeatureCache;
import io.github.tfbit.graph.HeadFunction;
import io.github.tfbit.graph.SessionOptions;
import io.github.tfbit.image.Decoding;
import io.github.tfbit.image.PictureFunction;
import io.github.tfbit.train.LossFunction;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * Settings that fine-tuning and pre-training share.
 *
 * @param <B> the builder itself
 */
public abstract sealed class TrainingBuilder<B extends TrainingBuilder<B>>
    permits FineTuning.Builder, Pretraining.Builder {
  final ImageDataset train;
  Optional<ImageDataset> validation = Optional.empty();
  Optional<Path> run = Optional.empty();
  Optional<Path> upstreamFile = Optional.empty();
  Optional<String> upstreamName = Optional.empty();
  boolean replace;
  boolean resume;
  int saveEvery;
  Duration saveInterval = SavePolicy.INTERVAL;
  long seed;
  int evaluateEvery;
  int batchSplit;
  Activation loss = Activation.SOFTMAX;
  ClassWeights classWeights = ClassWeights.NONE;
  TrainingListener listener = TrainingListener.NONE;
  SessionOptions session = SessionOptions.DEFAULT;
  String command = "";
  Decoding decoding = Decoding.DEFAULT;
  boolean checked;

  /** Times the usual length of a measurement. */
  double measuring = 1;

  final OwnFunctions own = new OwnFunctions();
  private Optional<Path> featureCache = Optional.empty();

  TrainingBuilder(ImageDataset train) {
    this.train = Objects.requireNonNull(train, "train");
  }

  abstract B self();

  /**
   * Pictures to judge by, at the crop's side without augmentation. None are needed.
   *
   * @param heldOut with the same class list; stays the caller's
   * @return this
   */
  public B validation(ImageDataset heldOut) {
    validation = Optional.of(heldOut);
    return self();
  }

  /**
   * The directory of the run; required.
   *
   * @param directory made when the run starts
   * @return this
   */
  public B run(Path directory) {
    run = Optional.of(directory);
    return self();
  }

  /**
   * Whether a RUN that is there is replaced. It is renamed to a sibling, {@code RUN.replaced}, when
   * the new one starts, and deleted when the new one has its weights. If the new one fails or is
   * cancelled before its first step, the old one is put back; after that, both stay: the new one
   * unfinished in its place, the old one, if it was finished, whole in the sibling. Anything that
   * is no RUN is never touched.
   *
   * @param replace false unless said
   * @return this
   */
  public B replace(boolean replace) {
    this.replace = replace;
    return self();
  }

  /**
   * Whether a run that is there and unfinished is gone on with, from its newest checkpoint, to the
   * same weights, bit for bit, as if it had never stopped. Settings and data must be those that it
   * was started with. Where there is nothing yet it is started; a finished one is left as it is.
   *
   * @param resume false unless said
   * @return this
   */
  public B resume(boolean resume) {
    this.resume = resume;
    return self();
  }

  /**
   * How often the state is saved, in steps. It is saved in any case when an evaluation is the best
   * so far, and when the run is cancelled or fails. The newest two and the best are kept.
   *
   * @param steps between two; 0, the default, to go by the clock
   * @return this
   */
  public B saveEvery(int steps) {
    if (steps < 0) {
      throw new IllegalArgumentException("expected 0 or more steps, found " + steps);
    }
    saveEvery = steps;
    return self();
  }

  /**
   * How often the state is saved, by the clock; less often if saving took more than a twentieth of
   * that.
   *
   * @param interval between two; 5 minutes unless said
   * @return this
   */
  public B saveEvery(Duration interval) {
    if (interval.isNegative()) {
      throw new IllegalArgumentException("expected no negative time, found " + interval);
    }
    saveEvery = 0;
    saveInterval = interval;
    return self();
  }

  /**
   * What everything random follows from.
   *
   * @param seed 0 unless said
   * @return this
   */
  public B seed(long seed) {
    this.seed = seed;
    return self();
  }

  /**
   * How often the held-out pictures are judged; at the end they are in any case.
   *
   * @param steps between evaluations; 0, the default, for the end only
   * @return this
   */
  public B evaluateEvery(int steps) {
    if (steps < 0) {
      throw new IllegalArgumentException("expected 0 or more steps, found " + steps);
    }
    evaluateEvery = steps;
    return self();
  }

  /**
   * Into how many parts a batch is cut; their gradients add up to the batch's.
   *
   * @param parts a divisor of the batch; 0, the default, leaves it to a rule on architecture, crop
   *     and batch
   * @return this
   */
  public B batchSplit(int parts) {
    batchSplit = parts;
    return self();
  }

  /**
   * The loss, which the head's activation follows.
   *
   * @param activation softmax unless said
   * @return this
   */
  public B loss(Activation activation) {
    loss = Objects.requireNonNull(activation, "activation");
    return self();
  }

  /**
   * A head of one's own in place of the linear one. The run keeps its kernel and bias in the
   * published layout and records its name; whoever opens the run's weights gives the same function
   * to {@link BitModel.Builder#head}, and is refused without. No command answers with such a run.
   *
   * @param name that a resumed run is compared by
   * @param function built into the graph
   * @return this
   */
  public B head(String name, HeadFunction function) {
    own.head(name, Objects.requireNonNull(function, "function"));
    return self();
  }

  /**
   * A loss of one's own in place of the cross-entropy that {@link #loss(Activation)} stands for,
   * which still decides how logits become probabilities. Class weights play no part in it.
   *
   * @param name that a resumed run is compared by
   * @param function built into the graph
   * @return this
   */
  public B loss(String name, LossFunction function) {
    own.loss(name, Objects.requireNonNull(function, "function"));
    return self();
  }

  /**
   * An augmentation of one's own, of training pictures after resizing, crop and flip.
   *
   * @param name that a resumed run is compared by
   * @param function built into the graph that decodes
   * @return this
   */
  public B augmentation(String name, PictureFunction function) {
    own.augmentation(name, Objects.requireNonNull(function, "function"));
    return self();
  }

  /**
   * How much each class counts in the loss; evaluations count every picture alike.
   *
   * @param weights {@link ClassWeights#NONE} unless said
   * @return this
   */
  public B classWeights(ClassWeights weights) {
    classWeights = Objects.requireNonNull(weights, "weights");
    return self();
  }

  /**
   * Who watches.
   *
   * @param listener called on the training thread; {@link TrainingListener#all} makes one of many
   * @return this
   */
  public B listener(TrainingListener listener) {
    this.listener = Objects.requireNonNull(listener, "listener");
    return self();
  }

  /**
   * Threads and device.
   *
   * @param options the defaults unless said
   * @return this
   */
  public B session(SessionOptions options) {
    session = Objects.requireNonNull(options, "options");
    return self();
  }

  /**
   * What a file's pixels are taken to be; the run records it, and its model decodes alike.
   *
   * @param decoding as TensorFlow decodes, unless said
   * @return this
   */
  public B decoding(Decoding decoding) {
    this.decoding = Objects.requireNonNull(decoding, "decoding");
    return self();
  }

  /**
   * Whether every picture was decoded already, by {@link io.github.tfbit.survey.PictureCheck}. If
   * not, a run decodes small sets and what is held out once before its first step.
   *
   * @param checked false unless said
   * @return this
   */
  public B checked(boolean checked) {
    this.checked = checked;
    return self();
  }

  /**
   * Where features are kept that a run with a frozen part learns from.
   *
   * @param folder made when it is needed; {@code features} in tfbit's cache unless said
   * @return this
   */
  public B featureCache(Path folder) {
    featureCache = Optional.of(folder);
    return self();
  }

  final FeatureCache featureCache() {
    return new FeatureCache(
        featureCache.orElseGet(() -> ModelCache.of(System.getenv()).folder().resolve("features")));
  }

  /**
   * The command line, for the run's records.
   *
   * @param command as the user would type it
   * @return this
   */
  public B command(String command) {
    this.command = Objects.requireNonNull(command, "command");
    return self();
  }

  /**
   * The file that the weights came from; its SHA-256 goes into the run's provenance.
   *
   * @param file or none
   * @return this
   */
  public B upstreamFile(Path file) {
    upstreamFile = Optional.of(file);
    return self();
  }

  /**
   * What the run's provenance calls the weights it started from.
   *
   * @param name by default what the weights call themselves: mostly a file
   * @return this
   */
  public B upstreamName(String name) {
    upstreamName = Optional.of(name);
    return self();
  }

  final Path directory() {
    return run.orElseThrow(
        () -> new IllegalStateException("expected a directory for the run, found none: run(…)"));
  }
}
