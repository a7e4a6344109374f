package io.github.tfbit.checkpoints.fetch;

import java.util.Locale;

/**
 * How long a file has to be.
 *
 * @param least bytes at least
 * @param most bytes at most
 */
public record ExpectedSize(long least, long most) {
  /** Checks the order. */
  public ExpectedSize {
    if (least < 0 || most < least) {
      throw new IllegalArgumentException(
          "expected 0 <= least <= most, found " + least + ", " + most);
    }
  }

  /**
   * Known to the byte.
   *
   * @param bytes length of the file
   * @return what only that length meets
   */
  public static ExpectedSize exactly(long bytes) {
    return new ExpectedSize(bytes, bytes);
  }

  /**
   * Predicted from what the file holds: half to double of it is believed, so that a page of text or
   * another model is not.
   *
   * @param bytes predicted length of the file
   * @return a range around it
   */
  public static ExpectedSize about(long bytes) {
    return new ExpectedSize(bytes / 2, Math.multiplyExact(bytes, 2));
  }

  /**
   * Nothing known.
   *
   * @return what any file but an empty one meets
   */
  public static ExpectedSize unknown() {
    return new ExpectedSize(1, Long.MAX_VALUE);
  }

  /**
   * Whether only one length meets it.
   *
   * @return true if known to the byte
   */
  public boolean exact() {
    return least == most;
  }

  /**
   * Whether a length meets it.
   *
   * @param bytes length of a file
   * @return true if it does
   */
  public boolean allows(long bytes) {
    return bytes >= least && bytes <= most;
  }

  @Override
  public String toString() {
    if (exact()) {
      return String.format(Locale.ROOT, "%,d bytes", most);
    }
    return most == Long.MAX_VALUE
        ? String.format(Locale.ROOT, "at least %,d bytes", least)
        : String.format(Locale.ROOT, "%,d to %,d bytes", least, most);
  }
}
