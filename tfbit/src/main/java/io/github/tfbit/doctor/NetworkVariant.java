package io.github.tfbit.doctor;

/** Networks that are BiT but for one mistake. */
enum NetworkVariant {
  RIGHT,
  LARGE_EPSILON,
  SMALL_EPSILON,
  HALF_GROUPS,
  DOUBLE_GROUPS,
  ONE_GROUP,
  SAME_PADDING,
  UNBIASED,
  RAW_KERNELS,
  NO_FINAL_NORM,
  NO_HEAD_BIAS
}
