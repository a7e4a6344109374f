package io.github.tfbit.converters;

/** How logits become probabilities; a property of the head that travels with the model. */
public enum Activation {
  /** One label a picture: the probabilities of all classes sum to one. */
  SOFTMAX,
  /** Several labels a picture: a probability for each class on its own. */
  SIGMOID;

  /**
   * Classes of the ImageNet-21k heads, which were trained with sigmoid cross-entropy (paper 3.3).
   */
  private static final int IMAGENET_21K = 21_843;

  /**
   * What a published head of that many classes means.
   *
   * @param classes of the head
   * @return sigmoid for 21,843 classes, softmax otherwise
   */
  public static Activation published(int classes) {
    return classes == IMAGENET_21K ? SIGMOID : SOFTMAX;
  }
}
