package io.github.tfbit.converters;

/** The names of the published npz files: a wire format, spelled as it is. */
public final class PublishedNames {
  /** The root block's kernel, {@code [7, 7, 3, rootChannels]}. */
  public static final String ROOT_KERNEL = "resnet/root_block/standardized_conv2d/kernel";

  /** Prefix of the GroupNorm before the head. */
  public static final String FINAL_NORM = "resnet/group_norm";

  /** The head's kernel, {@code [1, 1, features, classes]}. */
  public static final String HEAD_KERNEL = "resnet/head/conv2d/kernel";

  /** The head's bias, {@code [classes]}. */
  public static final String HEAD_BIAS = "resnet/head/conv2d/bias";

  private PublishedNames() {}

  /**
   * The prefix of one unit's tensors.
   *
   * @param block 1 to 4
   * @param unit from 1
   * @return such as {@code resnet/block3/unit02/}
   */
  public static String unit(int block, int unit) {
    return String.format(java.util.Locale.ROOT, "resnet/block%d/unit%02d/", block, unit);
  }
}
