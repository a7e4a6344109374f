package io.github.tfbit;

import io.github.tfbit.checkpoints.Checkpoint;
import io.github.tfbit.converters.Architecture;
import io.github.tfbit.converters.PublishedModel;
import io.github.tfbit.data.ImageDataset;
import io.github.tfbit.data.ImageDatasets;
import io.github.tfbit.graph.Endpoint;
import io.github.tfbit.image.Augmentation;
import io.github.tfbit.plan.Change;
import io.github.tfbit.plan.MachineMemory;
import java.io.IOException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;

/**
 * Trains a published network on somebody's own pictures, by BiT-HyperRule unless told otherwise.
 * The head starts at zero and everything learns.
 *
 * <p>One run on one thread: {@link #call} may be called once; {@link #cancel} from any thread. The
 * upstream checkpoint and the data sets stay the caller's and must stay open until it returns.
 */
public final class FineTuning implements Callable<Run> {
  private final Planner planner;
  private volatile TrainingJob job;
  private volatile boolean cancelled;

  private FineTuning(Planner planner) {
    this.planner = planner;
    this.job = planner.job(List.of());
  }

  /**
   * Starts describing a run.
   *
   * @param upstream weights under the published names; its head, if any, is not used
   * @param train pictures to learn from
   * @return a builder; a run directory must be given
   */
  public static Builder from(Checkpoint upstream, ImageDataset train) {
    return new Builder(upstream, train);
  }

  /**
   * What the run as it is asked for will do, why, and what it costs in memory and time; and what it
   * would cost otherwise. Times are measured: that takes some seconds for each way, and half a
   * minute for large networks. Nothing is written, and the run itself is not changed by it.
   *
   * @return decisions, needs and ways out
   * @throws IOException if the settings contradict each other, or a picture that is needed for
   *     measuring cannot be decoded
   */
  public Forecast plan() throws IOException {
    return planner.forecast();
  }

  /**
   * Refuses what {@link #call} would refuse: a run that is there already, and one that needs more
   * memory than there is.
   *
   * @throws IOException with what to do; for memory the number of parts or the size that would fit
   */
  public void requireRoom() throws IOException {
    job.requireDirectory();
    MemoryCheck.require(job, job.plan(), MachineMemory.find());
  }

  /**
   * Trains. If the run is to fit into a time, what is given up for that is found out first.
   *
   * @return the finished run
   * @throws java.util.concurrent.CancellationException if it was cancelled, or its thread
   *     interrupted; the run's directory then has no weights, but a state to go on from
   * @throws IOException if weights, data or disk do not allow it; bad input leaves nothing behind
   */
  @Override
  public Run call() throws IOException {
    TrainingJob chosen = planner.chosen(job);
    job = chosen;
    if (cancelled) {
      chosen.cancel();
    }
    return chosen.call();
  }

  /**
   * Ends the run after the step that is being computed, or in the middle of one that takes longer
   * than 20 seconds; the state is saved. May be called at any time.
   */
  public void cancel() {
    cancelled = true;
    job.cancel();
  }

  /** Settings of a run. */
  public static final class Builder extends TrainingBuilder<Builder> {
    private final Checkpoint upstream;
    private Optional<Architecture> architecture = Optional.empty();
    private Optional<HyperRule> rule = Optional.empty();
    private Optional<Endpoint> cut = Optional.empty();
    private Optional<Labels> earlier = Optional.empty();
    private Optional<Duration> within = Optional.empty();
    private Set<Change> possible = EnumSet.allOf(Change.class);

    private Builder(Checkpoint upstream, ImageDataset train) {
      super(train);
      this.upstream = Objects.requireNonNull(upstream, "upstream");
    }

    @Override
    Builder self() {
      return this;
    }

    /**
     * The network, where a file cannot say it: its number of groups.
     *
     * @param architecture read from the tensors' shapes unless said
     * @return this
     */
    public Builder architecture(Architecture architecture) {
      this.architecture = Optional.of(architecture);
      return this;
    }

    /**
     * Schedule, sizes, batch and MixUp.
     *
     * @param rule the paper's for the training pictures unless said
     * @return this
     */
    public Builder hyperRule(HyperRule rule) {
      this.rule = Optional.of(rule);
      return this;
    }

    /**
     * Leaves the network as it is up to an endpoint. What it makes of each picture there is
     * computed once, of the picture as an evaluation sees it, and kept in a cache by the content of
     * the weights and the pictures; only what follows learns, without augmentation and MixUp.
     *
     * @param upTo the last endpoint that stays: {@link Endpoint#PRE_LOGITS} to train the head
     *     alone, {@link Endpoint#BLOCK4} for the last GroupNorm too, an earlier one for blocks as
     *     well
     * @return this
     * @throws IllegalArgumentException for {@link Endpoint#LOGITS}, after which nothing learns
     */
    public Builder freeze(Endpoint upTo) {
      if (upTo == Endpoint.LOGITS) {
        throw new IllegalArgumentException("expected an endpoint before the logits, found them");
      }
      cut = Optional.of(upTo);
      return this;
    }

    /**
     * Goes on with the upstream's head instead of a new one. Rows are matched by class name;
     * classes that it does not know start at zero.
     *
     * @param labels names of the upstream's classes, in the order of its head
     * @return this
     */
    public Builder keepHead(Labels labels) {
      earlier = Optional.of(labels);
      return this;
    }

    /**
     * A time for the whole run to fit into. How long it takes is measured before the first step; if
     * that is too long, the first of {@link Forecast#ways} that fits is taken, and the choice is
     * written into the run. A run that goes on with an earlier one keeps to the earlier choice.
     * This is the one place where timing decides what is computed.
     *
     * @param time such as eight hours
     * @return this
     */
    public Builder within(Duration time) {
      if (time.isNegative() || time.isZero()) {
        throw new IllegalArgumentException("expected a time above 0, found " + time);
      }
      within = Optional.of(time);
      return this;
    }

    /**
     * What may be given up to fit, and is looked into by {@link FineTuning#plan}.
     *
     * @param changes all unless said; a frozen backbone never with {@link #freeze} or {@link
     *     #keepHead}
     * @return this
     */
    public Builder mayGiveUp(Set<Change> changes) {
      possible = EnumSet.noneOf(Change.class);
      possible.addAll(changes);
      return this;
    }

    /**
     * Checks the settings; nothing is written.
     *
     * @return a run that is ready to start
     * @throws IOException if the upstream weights are not a BiT network, have no head to keep, or
     *     the data cannot be read
     */
    public FineTuning build() throws IOException {
      Architecture a =
          architecture.isPresent()
              ? architecture.get()
              : PublishedModel.of(upstream).architecture();
      HyperRule r = rule.isPresent() ? rule.get() : HyperRule.of(ImageDatasets.survey(train), a);
      Optional<KeptHead> head = Optional.empty();
      if (earlier.isPresent()) {
        head = Optional.of(KeptHead.of(upstream, earlier.get(), train.classes()));
      }
      if (cut.isPresent() || head.isPresent() || own.hasAugmentation()) {
        possible.remove(Change.BACKBONE);
      }
      Optional<KeptHead> kept = head;
      Planner.Jobs jobs =
          (changed, frozen) ->
              job(a, changed, frozen ? Optional.of(Endpoint.PRE_LOGITS) : cut, kept);
      return new FineTuning(new Planner(jobs, r, possible, within));
    }

    private TrainingJob job(
        Architecture a, HyperRule r, Optional<Endpoint> until, Optional<KeptHead> head) {
      Recipe recipe =
          until.isPresent()
              ? new Recipe(
                  r.schedule(), r.batch(), Augmentation.none(r.augmentation().crop()), 0, 0)
              : new Recipe(r.schedule(), r.batch(), r.augmentation(), r.mixUpAlpha(), 0);
      return new TrainingJob(this, TrainingJob.Kind.FINE_TUNING, upstream, a, recipe, until, head)
          .typicalPicture(r.basis().flatMap(b -> b.data().typical()));
    }
  }
}
