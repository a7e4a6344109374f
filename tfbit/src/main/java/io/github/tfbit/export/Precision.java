package io.github.tfbit.export;

/** The number format of an exported network's kernels and of what lies between its layers. */
public enum Precision {
  /** IEEE 754 single precision. */
  FLOAT32("float32"),
  /**
   * The upper half of it: 8 bits of mantissa. Statistics of GroupNorm, features, logits and scores
   * stay float32.
   */
  BFLOAT16("bfloat16 kernels and activations; statistics, features and scores are float32");

  private final String description;

  Precision(String description) {
    this.description = description;
  }

  String describe() {
    return description;
  }
}
