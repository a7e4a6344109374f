package io.github.tfbit;

import io.github.tfbit.converters.Architecture;
import io.github.tfbit.data.ImageDataset;
import io.github.tfbit.graph.InitialWeights;
import io.github.tfbit.image.Augmentation;
import io.github.tfbit.image.Flip;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;

/**
 * Trains a network from scratch, by the upstream recipe where it scales down: SGD with momentum
 * 0.9, rate 0.03 x batch / 256, linear warm-up, weight decay 1e-4, mirrored crops, pixels in [-1,
 * 1], no MixUp (paper section 3.2). The rate falls to a tenth at 1/3, 2/3 and 8/9 of the run, where
 * the paper has 30, 60 and 80 of 90 epochs. The crop is a random square of the resized picture, not
 * the paper's Inception crop.
 *
 * <p>One run on one thread: {@link #call} may be called once; {@link #cancel} from any thread.
 */
public final class Pretraining implements Callable<Run> {
  /** Rate for a batch of {@value #RATE_BATCH} (paper section 3.2). */
  private static final double RATE = 0.03;

  private static final double RATE_BATCH = 256;
  private static final double WEIGHT_DECAY = 1e-4;

  private final TrainingJob job;

  private Pretraining(TrainingJob job) {
    this.job = job;
  }

  /**
   * Starts describing a run.
   *
   * @param architecture of the network
   * @param train pictures to learn from
   * @return a builder; a run directory must be given
   */
  public static Builder of(Architecture architecture, ImageDataset train) {
    return new Builder(architecture, train);
  }

  /**
   * What the run will do. Nothing is written.
   *
   * @return steps, parts and sizes
   * @throws IOException if the settings contradict each other
   */
  public Plan plan() throws IOException {
    return job.plan();
  }

  /**
   * Trains.
   *
   * @return the finished run
   * @throws java.util.concurrent.CancellationException if it was cancelled, or its thread
   *     interrupted; the run's directory then has no weights, but a state to go on from
   * @throws IOException if data or disk do not allow it; bad input leaves nothing behind
   */
  @Override
  public Run call() throws IOException {
    return job.call();
  }

  /**
   * Ends the run after the step that is being computed, or in the middle of one that takes longer
   * than 20 seconds; the state is saved. May be called at any time.
   */
  public void cancel() {
    job.cancel();
  }

  /** Settings of a run. */
  public static final class Builder extends TrainingBuilder<Builder> {
    private final Architecture architecture;
    private double epochs = 90;
    private int batch = 4096;
    private double rate;
    private int resize = 256;
    private int crop = 224;
    private int warmUp = -1;
    private double weightDecay = WEIGHT_DECAY;
    private Flip flip = Flip.HORIZONTAL;

    private Builder(Architecture architecture, ImageDataset train) {
      super(train);
      this.architecture = Objects.requireNonNull(architecture, "architecture");
    }

    @Override
    Builder self() {
      return this;
    }

    /**
     * Length of the run.
     *
     * @param epochs times through the pictures, rounded to whole steps; 90 unless said
     * @return this
     */
    public Builder epochs(double epochs) {
      this.epochs = epochs;
      return this;
    }

    /**
     * Pictures a step.
     *
     * @param batch 4096 unless said, as in the paper
     * @return this
     */
    public Builder batch(int batch) {
      this.batch = batch;
      return this;
    }

    /**
     * Learning rate after the warm-up.
     *
     * @param rate 0.03 x batch / 256 unless said, or for 0
     * @return this
     */
    public Builder rate(double rate) {
      this.rate = rate;
      return this;
    }

    /**
     * Side that pictures are resized to.
     *
     * @param side in pixels; 256 unless said
     * @return this
     */
    public Builder resize(int side) {
      this.resize = side;
      return this;
    }

    /**
     * Side that is cut at random, and evaluated at.
     *
     * @param side in pixels; 224 unless said
     * @return this
     */
    public Builder crop(int side) {
      this.crop = side;
      return this;
    }

    /**
     * Steps of linear warm-up.
     *
     * @param steps 5000 or a tenth of the run, whichever is less, unless said
     * @return this
     */
    public Builder warmUp(int steps) {
      this.warmUp = steps;
      return this;
    }

    /**
     * Weight decay.
     *
     * @param decay factor of the weights that is added to their gradients; 1e-4 unless said
     * @return this
     */
    public Builder weightDecay(double decay) {
      if (!(decay >= 0) || Double.isInfinite(decay)) {
        throw new IllegalArgumentException("expected a weight decay of 0 or more, found " + decay);
      }
      this.weightDecay = decay;
      return this;
    }

    /**
     * Mirroring.
     *
     * @param flip horizontal unless said
     * @return this
     */
    public Builder flip(Flip flip) {
      this.flip = Objects.requireNonNull(flip, "flip");
      return this;
    }

    /**
     * Checks the settings; nothing is written.
     *
     * @return a run that is ready to start
     * @throws IllegalArgumentException if one is out of range
     */
    public Pretraining build() {
      if (!(epochs > 0) || batch < 1) {
        throw new IllegalArgumentException(
            "expected epochs above 0 and a batch of at least 1, found " + epochs + ", " + batch);
      }
      int steps = (int) Math.max(1, Math.round(epochs * train.size() / batch));
      int warm = warmUp >= 0 ? Math.min(warmUp, steps) : Math.min(5000, steps / 10);
      List<Integer> supports = new java.util.ArrayList<>(List.of(warm));
      for (double share : new double[] {1.0 / 3, 2.0 / 3, 8.0 / 9, 1}) {
        supports.add(Math.max(warm, (int) Math.round(share * steps)));
      }
      double base = rate == 0 ? RATE * batch / RATE_BATCH : rate;
      Recipe recipe =
          new Recipe(
              new StepSchedule(base, supports),
              batch,
              new Augmentation(resize, crop, flip),
              0,
              weightDecay);
      int classes = train.classes().size();
      return new Pretraining(
          new TrainingJob(
              this,
              TrainingJob.Kind.PRE_TRAINING,
              InitialWeights.of(architecture, classes, seed),
              architecture,
              recipe,
              Optional.empty(),
              Optional.empty()));
    }
  }
}
