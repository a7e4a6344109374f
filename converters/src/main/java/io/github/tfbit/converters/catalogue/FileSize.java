package io.github.tfbit.converters.catalogue;

import java.util.Objects;

/**
 * How long a published file is.
 *
 * @param bytes 0 if unknown
 * @param certainty how that is known
 */
public record FileSize(long bytes, Certainty certainty) {
  /** A size that nobody published. */
  public static final FileSize UNKNOWN = new FileSize(0, Certainty.UNKNOWN);

  /** How a size is known. */
  public enum Certainty {
    /** Seen: a file of another size is not the published one. */
    EXACT,
    /**
     * Computed from the architecture and the layout, with regular names: good for free space and
     * progress, but a file with irregular names is some bytes longer and still genuine.
     */
    PREDICTED,
    /** Not known. */
    UNKNOWN
  }

  /** Checks that a known size is positive. */
  public FileSize {
    Objects.requireNonNull(certainty, "certainty");
    if (bytes < 0 || (bytes == 0) != (certainty == Certainty.UNKNOWN)) {
      throw new IllegalArgumentException(
          "expected 0 bytes if and only if the size is unknown, found "
              + (bytes + ", " + certainty));
    }
  }

  static FileSize exact(long bytes) {
    return new FileSize(bytes, Certainty.EXACT);
  }

  static FileSize predicted(long bytes) {
    return new FileSize(bytes, Certainty.PREDICTED);
  }

  FileSize plus(FileSize other) {
    if (certainty == Certainty.UNKNOWN || other.certainty == Certainty.UNKNOWN) {
      return UNKNOWN;
    }
    boolean exact = certainty == Certainty.EXACT && other.certainty == Certainty.EXACT;
    long sum = bytes + other.bytes;
    return exact ? exact(sum) : predicted(sum);
  }
}
