package io.github.tfbit.serving.wire;

/** A field's number and wire type, as a message has them before each value. */
final class Tags {
  static final int NUMBER_1 = 1 << 3;
  static final int BYTES_1 = 1 << 3 | 2;
  static final int BYTES_2 = 2 << 3 | 2;
  static final int BYTES_3 = 3 << 3 | 2;
  static final int BYTES_4 = 4 << 3 | 2;

  private Tags() {}
}
