package io.github.tfbit.checkpoints;

/** Element types that checkpoints hold; all little-endian. */
public enum DType {
  /** IEEE 754 half precision. */
  FLOAT16(2),
  /** The upper half of IEEE 754 single precision. */
  BFLOAT16(2),
  /** IEEE 754 single precision, the type of every published BiT weight. */
  FLOAT32(4),
  /** IEEE 754 double precision. */
  FLOAT64(8),
  /** Two's complement, 64 bit. */
  INT64(8);

  private final int bytes;

  DType(int bytes) {
    this.bytes = bytes;
  }

  /**
   * Size of one element.
   *
   * @return bytes
   */
  public int bytes() {
    return bytes;
  }
}
