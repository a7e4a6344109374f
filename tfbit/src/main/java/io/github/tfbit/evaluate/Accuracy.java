package io.github.tfbit.evaluate;

/**
 * How often the best class, or one of the best five, is right. A picture with several labels counts
 * as right if any of them is found.
 *
 * @param examples how many pictures
 * @param right1 pictures whose best class is right; of equal logits the smaller index wins
 * @param right5 pictures with a right class among the best five
 */
public record Accuracy(long examples, long right1, long right5) {
  /**
   * Share of pictures whose best class is right.
   *
   * @return from 0 to 1; NaN for no pictures
   */
  public double top1() {
    return right1 / (double) examples;
  }

  /**
   * Share of pictures with a right class among the best five.
   *
   * @return from 0 to 1; NaN for no pictures
   */
  public double top5() {
    return right5 / (double) examples;
  }

  /**
   * Where top-1 lies with 95 % confidence, for pictures drawn as these were.
   *
   * @return Wilson's interval
   */
  public Interval top1Interval() {
    return Interval.wilson(right1, examples);
  }

  /**
   * Where top-5 lies with 95 % confidence, for pictures drawn as these were.
   *
   * @return Wilson's interval
   */
  public Interval top5Interval() {
    return Interval.wilson(right5, examples);
  }
}
