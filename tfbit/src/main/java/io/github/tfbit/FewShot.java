package io.github.tfbit;

import io.github.tfbit.checkpoints.Checkpoint;
import io.github.tfbit.checkpoints.Problem;
import io.github.tfbit.checkpoints.fetch.ModelCache;
import io.github.tfbit.converters.Architecture;
import io.github.tfbit.converters.PublishedModel;
import io.github.tfbit.data.DataException;
import io.github.tfbit.data.ImageDataset;
import io.github.tfbit.data.ImageDatasets;
import io.github.tfbit.data.Survey;
import io.github.tfbit.features.FeatureCache;
import io.github.tfbit.fewshot.FewShotResult;
import io.github.tfbit.fewshot.Method;
import io.github.tfbit.fewshot.Shots;
import io.github.tfbit.fewshot.Subsets;
import io.github.tfbit.fewshot.Trial;
import io.github.tfbit.graph.SessionOptions;
import io.github.tfbit.image.Decoding;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.function.UnaryOperator;

/**
 * The few-shot protocol of the paper (section 4.1): class-balanced random subsets of a few pictures
 * a class, a training from the model on each with a new head, judged on all test pictures; of the
 * subsets the median counts. BiT-HyperRule goes by the subset's size. One graph serves all
 * trainings. The same seed gives the same accuracies.
 *
 * <p>For one call on one thread; {@link #cancel} from any. Upstream and data stay the caller's.
 */
public final class FewShot implements Callable<FewShotResult> {
  /** Random subsets of the paper. */
  public static final int SUBSETS = 5;

  private final Builder settings;
  private final Architecture architecture;
  private volatile boolean cancelled;

  private FewShot(Builder settings, Architecture architecture) {
    this.settings = settings;
    this.architecture = architecture;
  }

  /** Watches an experiment, on the thread that trains. */
  public interface Listener {
    /** Watches nothing. */
    Listener NONE = new Listener() {};

    /**
     * While features are computed that are not in the cache.
     *
     * @param part such as {@code train}
     * @param done pictures so far
     * @param of pictures in all
     */
    default void described(String part, int done, int of) {}

    /**
     * After each step of a training.
     *
     * @param step how many are done, from 1
     * @param steps of this training
     * @param loss before the update
     */
    default void stepped(int step, int steps, double loss) {}

    /**
     * After each training.
     *
     * @param trial what it came to
     * @param done how many are done, from 1
     * @param of how many there will be
     */
    default void tried(Trial trial, int done, int of) {}
  }

  /**
   * Starts describing an experiment.
   *
   * @param upstream weights under the published names; a head it has is not used
   * @param train pictures to draw from
   * @param test pictures to judge by, of the same classes
   * @return settings to change
   */
  public static Builder from(Checkpoint upstream, ImageDataset train, ImageDataset test) {
    return new Builder(upstream, train, test);
  }

  /**
   * Trains all.
   *
   * @return every trial
   * @throws DataException before the first training, if there are too few pictures for any of the
   *     shots
   * @throws CancellationException if it was cancelled, or its thread interrupted
   * @throws IOException if weights or data do not allow it
   */
  @Override
  public FewShotResult call() throws IOException {
    Subsets subsets = new Subsets(settings.train, settings.seed);
    subsets.require(settings.shots);
    PublishedModel.requireMatch(settings.upstream, architecture, 0, true);
    Survey survey = ImageDatasets.survey(settings.train);
    List<Trial> trials = new ArrayList<>();
    int of = 0;
    for (Shots s : settings.shots) {
      of += subsets(s) * settings.methods.size();
    }
    for (Method method : settings.methods) {
      try (FewShotTrainer trainer = FewShotTrainer.open(this, method, survey)) {
        for (Shots shots : settings.shots) {
          for (int subset = 0; subset < subsets(shots); subset++) {
            Trial trial = trainer.run(shots, subset, subsets.draw(shots, subset));
            trials.add(trial);
            settings.listener.tried(trial, trials.size(), of);
          }
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        checkCancelled();
      }
    }
    return new FewShotResult(trials);
  }

  /** All pictures are one subset. */
  private int subsets(Shots shots) {
    return shots.equals(Shots.FULL) ? 1 : settings.subsets;
  }

  /** Ends the experiment after the micro-batch that is being computed. May be called any time. */
  public void cancel() {
    cancelled = true;
  }

  void checkCancelled() {
    if (cancelled || Thread.currentThread().isInterrupted()) {
      throw new CancellationException("cancelled: the experiment is not complete");
    }
  }

  Builder settings() {
    return settings;
  }

  Architecture architecture() {
    return architecture;
  }

  /**
   * The rule that trainings go by.
   *
   * @param shots how many pictures of each class they learn from
   * @return BiT-HyperRule for so many pictures, with the changes that were asked for
   * @throws IOException if the data cannot be looked at
   * @throws IllegalArgumentException if the changes contradict each other
   */
  public HyperRule rule(Shots shots) throws IOException {
    int classes = settings.train.classes().size();
    int pictures =
        shots.perClass().isPresent()
            ? Math.multiplyExact(classes, shots.perClass().getAsInt())
            : settings.train.size();
    return rule(ImageDatasets.survey(settings.train), pictures);
  }

  /** BiT-HyperRule for so many pictures of this data, and what was changed in it. */
  HyperRule rule(Survey survey, int pictures) {
    Survey some = new Survey(pictures, survey.perClass(), survey.typical());
    return settings.change.apply(HyperRule.of(some, architecture).toBuilder()).build();
  }

  /** Settings of an experiment. */
  public static final class Builder {
    final Checkpoint upstream;
    final ImageDataset train;
    final ImageDataset test;
    private Optional<Architecture> given = Optional.empty();
    private Optional<Path> cache = Optional.empty();
    List<Shots> shots = List.of(Shots.of(1), Shots.of(5), Shots.of(10));
    List<Method> methods = List.of(Method.FINETUNE);
    int subsets = SUBSETS;
    UnaryOperator<HyperRule.Builder> change = UnaryOperator.identity();
    long seed;
    SessionOptions session = SessionOptions.DEFAULT;
    Decoding decoding = Decoding.DEFAULT;
    Listener listener = Listener.NONE;

    private Builder(Checkpoint upstream, ImageDataset train, ImageDataset test) {
      this.upstream = Objects.requireNonNull(upstream, "upstream");
      this.train = Objects.requireNonNull(train, "train");
      this.test = Objects.requireNonNull(test, "test");
    }

    /**
     * The network, where a file cannot say it: its number of groups.
     *
     * @param architecture read from the tensors' shapes unless said
     * @return this
     */
    public Builder architecture(Architecture architecture) {
      given = Optional.of(architecture);
      return this;
    }

    /**
     * How many pictures of each class are learned from.
     *
     * @param shots at least one; each counts once, ascending; 1, 5 and 10 unless said
     * @return this
     */
    public Builder shots(List<Shots> shots) {
      if (shots.isEmpty()) {
        throw new IllegalArgumentException("expected shots, found none");
      }
      this.shots = shots.stream().distinct().sorted().toList();
      return this;
    }

    /**
     * How trials learn.
     *
     * @param methods at least one; each counts once; {@link Method#FINETUNE} unless said
     * @return this
     */
    public Builder methods(List<Method> methods) {
      if (methods.isEmpty()) {
        throw new IllegalArgumentException("expected a method, found none");
      }
      this.methods = methods.stream().distinct().toList();
      return this;
    }

    /**
     * How many random subsets are tried.
     *
     * @param subsets at least 1; {@value FewShot#SUBSETS} unless said
     * @return this
     */
    public Builder subsets(int subsets) {
      if (subsets < 1) {
        throw new IllegalArgumentException("expected at least 1 subset, found " + subsets);
      }
      this.subsets = subsets;
      return this;
    }

    /**
     * Changes to BiT-HyperRule, which goes by the number of pictures of a subset. The official
     * repository's tables are made with batch 128 and rate 0.001 (its README at 140de6e).
     *
     * @param change applied to the rule of each training; none unless said
     * @return this
     */
    public Builder hyperRule(UnaryOperator<HyperRule.Builder> change) {
      this.change = Objects.requireNonNull(change, "change");
      return this;
    }

    /**
     * What everything random follows from.
     *
     * @param seed 0 unless said
     * @return this
     */
    public Builder seed(long seed) {
      this.seed = seed;
      return this;
    }

    /**
     * Threads and device.
     *
     * @param options the defaults unless said
     * @return this
     */
    public Builder session(SessionOptions options) {
      session = Objects.requireNonNull(options, "options");
      return this;
    }

    /**
     * What a file's pixels are taken to be.
     *
     * @param decoding as TensorFlow decodes, unless said
     * @return this
     */
    public Builder decoding(Decoding decoding) {
      this.decoding = Objects.requireNonNull(decoding, "decoding");
      return this;
    }

    /**
     * Where features are kept that {@link Method#FROZEN} and {@link Method#PROBE} learn from.
     *
     * @param folder made when it is needed; {@code features} in tfbit's cache unless said
     * @return this
     */
    public Builder featureCache(Path folder) {
      cache = Optional.of(folder);
      return this;
    }

    FeatureCache featureCache() {
      return new FeatureCache(
          cache.orElseGet(() -> ModelCache.of(System.getenv()).folder().resolve("features")));
    }

    /**
     * Who watches.
     *
     * @param listener called on the thread that trains
     * @return this
     */
    public Builder listener(Listener listener) {
      this.listener = Objects.requireNonNull(listener, "listener");
      return this;
    }

    /**
     * Checks the settings.
     *
     * @return an experiment that is ready to start
     * @throws DataException if there are no test pictures, or they are of other classes
     * @throws IOException if the weights are not a BiT network
     */
    public FewShot build() throws IOException {
      if (test.size() == 0 || !test.classes().equals(train.classes())) {
        throw new DataException(
            new Problem(
                "test pictures of the classes that are learned",
                test.size() == 0 ? "none" : test.classes().size() + " other classes",
                "the data",
                "give a test split, or hold a share out"));
      }
      return new FewShot(
          this, given.isPresent() ? given.get() : PublishedModel.of(upstream).architecture());
    }
  }
}
