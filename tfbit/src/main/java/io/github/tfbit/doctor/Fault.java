package io.github.tfbit.doctor;

import io.github.tfbit.doctor.Seeing.Alpha;
import io.github.tfbit.doctor.Seeing.Crop;
import io.github.tfbit.doctor.Seeing.Kernel;
import java.util.Optional;

/** What usually goes wrong between two renderings of one model. */
public enum Fault {
  /** Pixels reach the network in [0, 1]. */
  UNIT_RANGE("its network gets pixels in [0, 1]", "scale them to [-1, 1]: x / 127.5 - 1"),
  /** Pixels reach the network in [0, 255]. */
  BYTE_RANGE("its network gets pixels in [0, 255]", "scale them to [-1, 1]: x / 127.5 - 1"),
  /** Pixels are normalised by ImageNet's mean and deviation. */
  IMAGENET_RANGE(
      "its network gets pixels normalised by ImageNet's mean and deviation",
      "scale them to [-1, 1] instead: BiT uses 0.5 and 0.5"),
  /** Pixels in [-1, 1] are scaled once more, as if they lay in [0, 1]. */
  TWICE_UNIT(
      "it takes pixels in [-1, 1] for pixels in [0, 1] and scales them again",
      "feed it pixels in [0, 1]"),
  /** Pixels in [-1, 1] are scaled once more, as if they were bytes. */
  TWICE_BYTES(
      "it takes pixels in [-1, 1] for bytes and scales them again", "feed it bytes, from 0 to 255"),
  /** Channels in the wrong order. */
  BGR("its channels come as BGR, as OpenCV reads them", "turn them to RGB first"),
  /** Pictures of another size. */
  SIZE("it resizes pictures to another size", "give both the same size"),
  /** Pictures are not resized. */
  NO_RESIZE("it does not resize pictures", "resize them first, the aspect not kept"),
  /** TensorFlow 1's bilinear kernel. */
  LEGACY_RESIZE(
      "it resizes as TensorFlow 1 did, without half-pixel centres",
      "use tf.image.resize of TensorFlow 2, or half_pixel_centers=True"),
  /** Corners aligned. */
  ALIGNED_CORNERS("it resizes with aligned corners", "resize with align_corners=False"),
  /** Nearest neighbour. */
  NEAREST_RESIZE("it resizes by the nearest neighbour", "resize bilinearly"),
  /** Bicubic. */
  BICUBIC_RESIZE("it resizes bicubically", "resize bilinearly"),
  /** Area. */
  AREA_RESIZE("it resizes by area, as OpenCV's INTER_AREA", "resize bilinearly"),
  /** Antialiased bilinear, as Pillow's. */
  ANTIALIASED_RESIZE(
      "it resizes with antialiasing, as Pillow and torchvision do",
      "resize without: tf.image.resize, or torchvision's antialias=False on tensors"),
  /** Antialiased bicubic, as Pillow's. */
  ANTIALIASED_BICUBIC(
      "it resizes bicubically with antialiasing, as Pillow's BICUBIC",
      "resize bilinearly, without"),
  /** Cut to a square first. */
  SQUARE_CROP("it cuts the largest square from the middle first", "resize the whole picture"),
  /** Resized by the short side and cut. */
  CENTRE_CROP(
      "it cuts seven eighths from the middle, as ImageNet's evaluation does",
      "resize the whole picture"),
  /** EXIF obeyed by one and ignored by the other. */
  EXIF("it treats EXIF's orientation otherwise", "give both the same: --exif"),
  /** Transparency. */
  ALPHA("it treats transparency otherwise", "give both the same: --background"),
  /** GroupNorm's addend too large. */
  LARGE_EPSILON("its GroupNorm adds 1e-3 to the variance", "add 1e-5"),
  /** GroupNorm's addend too small. */
  SMALL_EPSILON("its GroupNorm adds 1e-6 to the variance", "add 1e-5"),
  /** Another number of groups. */
  HALF_GROUPS("its GroupNorm has half as many groups", "give it the model's: 32 as published"),
  /** Another number of groups. */
  DOUBLE_GROUPS("its GroupNorm has twice as many groups", "give it the model's: 32 as published"),
  /** Layer normalisation. */
  ONE_GROUP("its GroupNorm has one group, as LayerNorm", "give it the model's: 32 as published"),
  /** Padding by framework default. */
  SAME_PADDING(
      "it pads as TensorFlow's SAME does", "pad (side - 1) / 2 on each side, pooling with zeros"),
  /** Variance with n - 1. */
  UNBIASED_VARIANCE(
      "its weight standardisation divides by n - 1", "take the population's variance"),
  /** Kernels as they are in the file. */
  RAW_KERNELS("its kernels are not standardised", "standardise them: (w - mean) / deviation"),
  /** No last GroupNorm. */
  NO_FINAL_NORM("it leaves out the last GroupNorm", "apply group_norm before ReLU and mean"),
  /** No bias. */
  NO_HEAD_BIAS("its head has no bias", "add head/conv2d/bias"),
  /** Softmax for sigmoid. */
  ACTIVATION(
      "its head has the other activation: softmax for sigmoid, or sigmoid for softmax",
      "21,843 classes and labels that may go together want sigmoid, others softmax"),
  /** No activation. */
  LOGITS("its scores are logits", "apply the head's activation"),
  /** Labels moved by one. */
  LABELS_ONE_UP(
      "its labels are shifted: each score is under the name of the next class",
      "take off the background class, or its name"),
  /** Labels moved by one. */
  LABELS_ONE_DOWN(
      "its labels are shifted: each score is under the name of the class before",
      "take off the background class, or its name"),
  /** Labels in another order. */
  LABELS_SORTED("its labels are sorted as text", "keep the order of the head"),
  /** Labels permuted in another way. */
  LABELS("its scores are the same, under other names", "compare the lists of labels"),
  /** Fewer digits. */
  PRECISION("it computes or stores with fewer digits, as bfloat16 or half", "use float32"),
  /** Weights: another head. */
  HEAD("all weights but the head's are the same", "compare what both were fine-tuned on"),
  /** Weights: exported. */
  STANDARDIZED_KERNELS(
      "its kernels are stored standardised, as an export's",
      "answers are alike; train from the other"),
  /** Weights: root kernel mirrored in its channels. */
  BGR_KERNEL(
      "its first kernel has the channels of BGR", "reverse the input channels of that kernel"),
  /** Weights: other values from a layer on. */
  WEIGHTS("its weights are others", "compare where both came from"),
  /** Another network. */
  ARCHITECTURE("it is another network", "compare models of one architecture"),
  /** Another head. */
  CLASSES("it has another number of classes", "compare models of one task"),
  /** None of these. */
  UNKNOWN("none of the usual mistakes explains it", "compare its preprocessing step by step");

  private final String words;
  private final String remedy;

  Fault(String words, String remedy) {
    this.words = words;
    this.remedy = remedy;
  }

  /**
   * What goes wrong.
   *
   * @return a sentence about a model, which starts with "it" or "its"
   */
  public String words() {
    return words;
  }

  /**
   * What to do about it.
   *
   * @return an imperative
   */
  public String remedy() {
    return remedy;
  }

  static Optional<Fault> of(Answering answering) {
    return switch (answering) {
      case RIGHT -> Optional.empty();
      case OTHER_ACTIVATION -> Optional.of(ACTIVATION);
      case LOGITS -> Optional.of(LOGITS);
      case SHIFTED_UP -> Optional.of(LABELS_ONE_UP);
      case SHIFTED_DOWN -> Optional.of(LABELS_ONE_DOWN);
      case SORTED -> Optional.of(LABELS_SORTED);
    };
  }

  static Optional<Fault> of(Feeding.Range range) {
    return switch (range) {
      case SYMMETRIC -> Optional.empty();
      case UNIT -> Optional.of(UNIT_RANGE);
      case BYTES -> Optional.of(BYTE_RANGE);
      case IMAGENET -> Optional.of(IMAGENET_RANGE);
      case TAKEN_FOR_UNIT -> Optional.of(TWICE_UNIT);
      case TAKEN_FOR_BYTES -> Optional.of(TWICE_BYTES);
    };
  }

  static Optional<Fault> of(Kernel kernel) {
    return switch (kernel) {
      case BILINEAR -> Optional.empty();
      case LEGACY -> Optional.of(LEGACY_RESIZE);
      case ALIGNED_CORNERS -> Optional.of(ALIGNED_CORNERS);
      case NEAREST -> Optional.of(NEAREST_RESIZE);
      case BICUBIC -> Optional.of(BICUBIC_RESIZE);
      case AREA -> Optional.of(AREA_RESIZE);
      case ANTIALIASED -> Optional.of(ANTIALIASED_RESIZE);
      case ANTIALIASED_BICUBIC -> Optional.of(ANTIALIASED_BICUBIC);
    };
  }

  static Optional<Fault> of(Crop crop) {
    return switch (crop) {
      case NONE -> Optional.empty();
      case SQUARE -> Optional.of(SQUARE_CROP);
      case SEVEN_EIGHTHS -> Optional.of(CENTRE_CROP);
    };
  }

  static Optional<Fault> of(NetworkVariant variant) {
    return switch (variant) {
      case RIGHT -> Optional.empty();
      case LARGE_EPSILON -> Optional.of(LARGE_EPSILON);
      case SMALL_EPSILON -> Optional.of(SMALL_EPSILON);
      case HALF_GROUPS -> Optional.of(HALF_GROUPS);
      case DOUBLE_GROUPS -> Optional.of(DOUBLE_GROUPS);
      case ONE_GROUP -> Optional.of(ONE_GROUP);
      case SAME_PADDING -> Optional.of(SAME_PADDING);
      case UNBIASED -> Optional.of(UNBIASED_VARIANCE);
      case RAW_KERNELS -> Optional.of(RAW_KERNELS);
      case NO_FINAL_NORM -> Optional.of(NO_FINAL_NORM);
      case NO_HEAD_BIAS -> Optional.of(NO_HEAD_BIAS);
    };
  }

  static String words(Alpha alpha) {
    return switch (alpha) {
      case DROPPED -> "alpha dropped";
      case BLACK -> "before black";
      case WHITE -> "before white";
    };
  }
}
