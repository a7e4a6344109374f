package io.github.tfbit;

import io.github.tfbit.converters.Architecture;
import io.github.tfbit.data.ImageSize;
import io.github.tfbit.data.Survey;
import io.github.tfbit.image.Augmentation;
import io.github.tfbit.image.Flip;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * BiT-HyperRule: how to fine-tune, from the size of the data set and of its pictures alone (paper
 * section 3.3 and bit_hyperrule.py at 140de6e). Immutable; {@link #toBuilder()} changes values.
 *
 * <p>Fixed by the rule and not to be chosen: SGD with momentum 0.9, no weight decay, a head that
 * starts at zero.
 */
public final class HyperRule {
  /** Learning rate after the warm-up, for a batch of {@value #BATCH} (bit_hyperrule.py). */
  public static final double BASE_RATE = 0.003;

  /** Pictures a step (bit_common.py). */
  public static final int BATCH = 512;

  /** Alpha of the Beta distribution that MixUp draws from, for all but small data sets. */
  public static final double MIX_UP_ALPHA = 0.1;

  /** Data sets below this number of pictures are small (bit_hyperrule.py, strict). */
  public static final int MEDIUM = 20_000;

  /** Data sets of this number of pictures and more are large. */
  public static final int LARGE = 500_000;

  /** Pictures of less area than this get the low resolution (strict: 96 x 96 does not). */
  public static final long LOW_RESOLUTION_AREA = 96 * 96;

  private static final List<Integer> SMALL_STEPS = List.of(100, 200, 300, 400, 500);
  private static final List<Integer> MEDIUM_STEPS = List.of(500, 3000, 6000, 9000, 10_000);
  private static final List<Integer> LARGE_STEPS = List.of(500, 6000, 12_000, 18_000, 20_000);

  /** Root channels and depth of R152x4, the one architecture that the paper gives more pixels. */
  private static final Architecture LARGEST = Architecture.named("R152x4");

  private final StepSchedule schedule;
  private final int batch;
  private final Augmentation augmentation;
  private final double mixUpAlpha;
  private final Optional<Basis> basis;

  private HyperRule(Builder b) {
    StepSchedule rule = b.schedule.from(b.rate);
    schedule = b.steps == rule.steps() ? rule : rule.scaled(b.steps);
    batch = b.batch;
    augmentation = new Augmentation(b.resize, b.crop, b.flip);
    mixUpAlpha = b.mixUpAlpha;
    basis = b.basis;
  }

  /**
   * What a rule was decided from, and how it was before somebody changed it.
   *
   * @param data its survey
   * @param rule unchanged
   */
  record Basis(Survey data, HyperRule rule) {}

  /** Where the paper and its public code differ for pictures of 96 x 96 pixels and more. */
  public enum Resolution {
    /** Resize 448, crop 384; for R152x4 resize 512, crop 480 (paper, section 3.3 and 4.1). */
    PAPER,
    /** Resize 512, crop 480 for every architecture (bit_hyperrule.py at 140de6e). */
    CODE
  }

  /**
   * The paper's rule for a data set.
   *
   * @param data its survey: the number of pictures, and the size of the picture with the median
   *     area, which decides the resolution (the rule speaks of data sets of one size; of mixed
   *     sizes the median is typical where the mean is pulled up by a few photographs). A set whose
   *     sizes are not known counts as of high resolution
   * @param architecture of the network
   * @return the rule, resolution as in the paper
   */
  public static HyperRule of(Survey data, Architecture architecture) {
    return of(data, architecture, Resolution.PAPER);
  }

  /**
   * The rule for a data set.
   *
   * @param data its survey, as for {@link #of(Survey, Architecture)}
   * @param architecture of the network
   * @param resolution whose side to take where paper and code differ
   * @return the rule
   */
  public static HyperRule of(Survey data, Architecture architecture, Resolution resolution) {
    Builder b = new Builder();
    int n = data.examples();
    b.schedule =
        new StepSchedule(
            BASE_RATE, n < MEDIUM ? SMALL_STEPS : n < LARGE ? MEDIUM_STEPS : LARGE_STEPS);
    b.rate = BASE_RATE;
    b.steps = b.schedule.steps();
    b.batch = BATCH;
    b.flip = Flip.HORIZONTAL;
    b.mixUpAlpha = n < MEDIUM ? 0 : MIX_UP_ALPHA;
    boolean low =
        data.typical().map(ImageSize::area).filter(a -> a < LOW_RESOLUTION_AREA).isPresent();
    boolean most = resolution == Resolution.CODE || architecture.equals(LARGEST);
    b.resize = low ? 160 : most ? 512 : 448;
    b.crop = evaluationSide(architecture, low, resolution);
    b.basis = Optional.of(new Basis(data, new HyperRule(b)));
    return new HyperRule(b);
  }

  /**
   * The side that an architecture is used at, by the rule.
   *
   * @param architecture of the network
   * @param low whether its pictures are below 96 x 96 pixels
   * @param resolution whose side to take where paper and code differ
   * @return pixels: 128, 384 or 480
   */
  public static int evaluationSide(Architecture architecture, boolean low, Resolution resolution) {
    boolean most = resolution == Resolution.CODE || architecture.equals(LARGEST);
    return low ? 128 : most ? 480 : 384;
  }

  /**
   * The learning rate of one step: linear from zero over the warm-up, then a tenth after each
   * support; a drop at support s takes effect at step s + 1.
   *
   * @param step from 0 to {@code steps() - 1}
   * @return the rate
   * @throws IndexOutOfBoundsException if the run has no such step
   */
  public double rate(int step) {
    return schedule.rate(step);
  }

  /**
   * Length of the run.
   *
   * @return steps
   */
  public int steps() {
    return schedule.steps();
  }

  /**
   * Steps at which the schedule turns: the end of the warm-up, three drops, the end of the run.
   *
   * @return five steps in rising order
   */
  public List<Integer> supports() {
    return schedule.supports();
  }

  /**
   * The learning rate after the warm-up.
   *
   * @return the rate
   */
  public double baseRate() {
    return schedule.base();
  }

  /**
   * Pictures a step.
   *
   * @return pictures
   */
  public int batch() {
    return batch;
  }

  /**
   * What a training picture goes through.
   *
   * @return resize, crop and flip
   */
  public Augmentation augmentation() {
    return augmentation;
  }

  /**
   * Alpha of MixUp.
   *
   * @return alpha of Beta(alpha, alpha); 0 for none
   */
  public double mixUpAlpha() {
    return mixUpAlpha;
  }

  StepSchedule schedule() {
    return schedule;
  }

  Optional<Basis> basis() {
    return basis;
  }

  /**
   * A copy to change.
   *
   * @return a builder with these values
   */
  public Builder toBuilder() {
    Builder b = new Builder();
    b.schedule = schedule;
    b.rate = schedule.base();
    b.steps = schedule.steps();
    b.batch = batch;
    b.resize = augmentation.resize();
    b.crop = augmentation.crop();
    b.flip = augmentation.flip();
    b.mixUpAlpha = mixUpAlpha;
    b.basis = basis;
    return b;
  }

  /** Changes to a rule; checked in {@link #build()}. */
  public static final class Builder {
    private StepSchedule schedule;
    private double rate;
    private int steps;
    private int batch;
    private int resize;
    private int crop;
    private Flip flip;
    private double mixUpAlpha;
    private Optional<Basis> basis = Optional.empty();

    private Builder() {}

    /**
     * A run of another length; every support moves with it, rounded to the nearest step.
     *
     * @param steps at least 1
     * @return this
     */
    public Builder steps(int steps) {
      this.steps = steps;
      return this;
    }

    /**
     * Another batch.
     *
     * @param batch pictures a step, at least 1
     * @return this
     */
    public Builder batch(int batch) {
      this.batch = batch;
      return this;
    }

    /**
     * Another learning rate after the warm-up.
     *
     * @param rate above 0
     * @return this
     */
    public Builder rate(double rate) {
      this.rate = rate;
      return this;
    }

    /**
     * Another side to resize to.
     *
     * @param side in pixels, at least the crop's
     * @return this
     */
    public Builder resize(int side) {
      this.resize = side;
      return this;
    }

    /**
     * Another side to crop to, which is also the side that is evaluated at.
     *
     * @param side in pixels
     * @return this
     */
    public Builder crop(int side) {
      this.crop = side;
      return this;
    }

    /**
     * Mirroring.
     *
     * @param flip none for tasks where the side matters
     * @return this
     */
    public Builder flip(Flip flip) {
      this.flip = Objects.requireNonNull(flip, "flip");
      return this;
    }

    /**
     * MixUp.
     *
     * @param alpha of Beta(alpha, alpha); 0 for none
     * @return this
     */
    public Builder mixUpAlpha(double alpha) {
      this.mixUpAlpha = alpha;
      return this;
    }

    /**
     * Checks the values.
     *
     * @return the rule
     * @throws IllegalArgumentException if one is out of range, or the crop exceeds the resize
     */
    public HyperRule build() {
      if (batch < 1) {
        throw new IllegalArgumentException("expected a batch of at least 1, found " + batch);
      }
      if (!(mixUpAlpha >= 0) || Double.isInfinite(mixUpAlpha)) {
        throw new IllegalArgumentException(
            "expected a MixUp alpha of 0 or more, found " + mixUpAlpha);
      }
      return new HyperRule(this);
    }
  }
}
