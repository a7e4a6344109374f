package io.github.tfbit.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;

/** Every tolerance of this module's tests, each with the measurement that it comes from. */
public final class Tolerance {
  /**
   * Times the official code's own float32 noise: what the forward pass may be away from float64.
   */
  public static final double TIMES_NOISE = 3;

  /** Of the official code in float32 against itself in float64, by case and layer. */
  public static final Map<String, Map<String, Double>> NOISE =
      Map.of(
          "R50x1_layers",
          Map.of(
              "root_block", 1.1e-6,
              "block1", 7.2e-6,
              "block2", 1.7e-5,
              "block3", 3.5e-5,
              "block4", 5.9e-5,
              "pre_logits", 4.1e-5,
              "logits", 1.2e-5),
          "R50x1",
          Map.of("pre_logits", 2.4e-5, "logits", 1.5e-5),
          "R101x1",
          Map.of("pre_logits", 9.8e-5, "logits", 3.6e-5),
          "R50x3",
          Map.of("pre_logits", 3.3e-5, "logits", 1.7e-5),
          "R101x3",
          Map.of("pre_logits", 8.7e-5, "logits", 2.1e-5),
          "R152x2",
          Map.of("pre_logits", 2.1e-4, "logits", 6.3e-5),
          "R152x4",
          Map.of("pre_logits", 1.9e-4, "logits", 5.2e-5));

  /**
   * The logits after twelve steps of the chaotic golden run: renderings of the official code in
   * float32 are 5e-3 to 9e-3 away from float64.
   */
  public static final double LOGITS_AFTER = 4e-2;

  /**
   * Relative L2 error of how tensors moved in the same run: the official code's renderings in
   * float32 are 0.19 to 0.27 away from float64 on the root kernel.
   */
  public static final double MOVE_AFTER = 0.5;

  /** Float64 against float64 summed in another order. */
  public static final double FLOAT64 = 1e-10;

  /** Float32 on the small networks of the untagged tests against float64. */
  public static final double SMALL_FLOAT32 = 1e-4;

  /**
   * Float32 with a mean of 100 and a spread of 0.06: the input itself is rounded to 8e-6. A mean of
   * squares less a square of means is off by more than 1 here.
   */
  public static final double LARGE_MEAN = 5e-3;

  /**
   * Gradients of a step in micro-batches against the whole batch's, by tensor; the bar that was
   * set.
   */
  public static final double BATCH_SPLIT = 1e-4;

  /** The same where a ReLU's input lies within rounding of zero: 3e-2 was seen. */
  public static final double BATCH_SPLIT_AT_A_KINK = 0.2;

  /** Logits after ten such steps at rate 0.001; the bar that was set. */
  public static final double BATCH_SPLIT_LOGITS = 5e-3;

  /**
   * A float32 gradient along a random direction against the difference quotient in float64, in
   * units of what such a product typically is; 3e-6 to 9e-6 for three seeds.
   */
  public static final double FINITE_DIFFERENCE = 5e-5;

  private static final double[] LOSS = {1e-6, 1e-6, 1e-6, 1e-6, 3e-6, 4e-5, 2e-4, 2e-3};

  private Tolerance() {}

  /**
   * Relative error of the loss of one of the golden run's steps. Renderings of the official code
   * stay below 2e-7 up to step 3; Nesterov momentum would show as 2.5e-3 at step 2.
   */
  public static double lossOfStep(int step) {
    return LOSS[Math.min(step, LOSS.length - 1)];
  }

  /** Largest difference in units of the reference's root mean square. */
  public static double distance(double[] reference, float[] found) {
    return distance(reference, widen(found));
  }

  /** The same numbers in float64. */
  public static double[] widen(float[] values) {
    double[] wide = new double[values.length];
    for (int i = 0; i < wide.length; i++) {
      wide[i] = values[i];
    }
    return wide;
  }

  /** Largest difference in units of the reference's root mean square. */
  public static double distance(double[] reference, double[] found) {
    assertEquals(reference.length, found.length);
    double squares = 0;
    double largest = 0;
    for (int i = 0; i < reference.length; i++) {
      squares += reference[i] * reference[i];
      double d = Math.abs(found[i] - reference[i]);
      largest = d > largest || Double.isNaN(d) ? d : largest;
    }
    return largest == 0 ? 0 : largest / Math.sqrt(squares / reference.length);
  }

  /** Fails for NaN too. */
  public static void assertNear(double distance, double tolerance, String what) {
    assertTrue(distance <= tolerance, what + ": " + distance + " of at most " + tolerance);
  }
}
