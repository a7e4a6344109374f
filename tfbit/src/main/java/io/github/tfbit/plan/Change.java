package io.github.tfbit.plan;

/** What a run can give up to fit, with what that is known to cost. */
public enum Change {
  /** The batch and rate of the official README's own results. */
  BATCH(
      "batch 128 at rate 0.001",
      "no loss is known: the official README's results are made so (R50x1: CIFAR-10 97.4 %,"
          + " CIFAR-100 86.6 %)"),
  /** The rule's size for small pictures. */
  PICTURES(
      "pictures at 160, crop 128",
      "not published for fine-tuning; a distilled R50x1 has 82.8 % on ImageNet at 224 px, 80.5 %"
          + " at 160 px (official README)"),
  /** A fifth of the rule's schedule. */
  SCHEDULE(
      "a fifth of the steps",
      "not published; in the official notebook's run on 5 pictures a class of CIFAR-100, R50x1 had"
          + " 61.4 % at step 100, 63.7 % at step 500"),
  /** Only the head learns. */
  BACKBONE(
      "frozen backbone",
      "the paper trains everything; with a frozen R50x1 users of the official notebook saw 94.3 %"
          + " on CIFAR-10 (its issue 59), with all of it 97.4 %");

  private final String title;
  private final String cost;

  Change(String title, String cost) {
    this.title = title;
    this.cost = cost;
  }

  /**
   * The change in words.
   *
   * @return a few words
   */
  public String title() {
    return title;
  }

  /**
   * What the paper or the official repository says about its price in accuracy.
   *
   * @return a sentence, with its source
   */
  public String cost() {
    return cost;
  }
}
