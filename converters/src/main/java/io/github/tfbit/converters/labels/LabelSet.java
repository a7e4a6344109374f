package io.github.tfbit.converters.labels;

import java.util.List;
import java.util.Optional;

/** The classes of a data set that published heads were trained on, in the heads' order. */
public enum LabelSet {
  /** ImageNet-1k: the WordNet ids in sorted order, as every published head of it has them. */
  ILSVRC2012("ILSVRC-2012", 1_000, true),
  /**
   * ImageNet-21k, Fall 2011: the WordNet ids in sorted order. The two classes {@code n03931044} and
   * {@code n09859684} have no images, which is why some count 21,841.
   */
  IMAGENET_21K("ImageNet-21k", 21_843, true),
  /** CIFAR-10. */
  CIFAR_10("CIFAR-10", 10, false),
  /** CIFAR-100, the fine classes. */
  CIFAR_100("CIFAR-100", 100, false),
  /** Oxford Flowers-102; a class is the number of {@code imagelabels.mat} less one. */
  FLOWERS_102("Oxford Flowers-102", 102, false),
  /** Oxford-IIIT Pet, in the order of the makers' class ids, which ignores case. */
  PETS("Oxford-IIIT Pet", 37, false),
  /** Street View House Numbers: the digits, 0 first. */
  SVHN("SVHN", 10, false),
  /** EuroSAT. */
  EUROSAT("EuroSAT", 10, false),
  /** NWPU-RESISC45. */
  RESISC45("RESISC45", 45, false);

  private final String title;
  private final int size;
  private final boolean wordNet;

  LabelSet(String title, int size, boolean wordNet) {
    this.title = title;
    this.size = size;
    this.wordNet = wordNet;
  }

  /**
   * What a published head of that many classes was trained on. A guess: any head may have as many
   * classes as one of the published data sets.
   *
   * @param classes of the head
   * @return {@link #IMAGENET_21K} for 21,843, {@link #ILSVRC2012} for 1,000, empty otherwise
   */
  public static Optional<LabelSet> assumed(int classes) {
    if (classes == IMAGENET_21K.size) {
      return Optional.of(IMAGENET_21K);
    }
    return classes == ILSVRC2012.size ? Optional.of(ILSVRC2012) : Optional.empty();
  }

  /**
   * What people call the data set.
   *
   * @return such as {@code ImageNet-21k}
   */
  public String title() {
    return title;
  }

  /**
   * How many classes there are.
   *
   * @return at least 2
   */
  public int size() {
    return size;
  }

  /**
   * Names for people, all different: those of WordNet are all words of the synset, joined with
   * {@code ", "}; where two synsets have the same words, their ids follow in parentheses.
   *
   * @return in the head's order
   */
  public List<String> names() {
    return LabelFile.of(this).names();
  }

  /**
   * The WordNet 3.0 ids, such as {@code n01440764}.
   *
   * @return in the head's order; empty for data sets that have none
   */
  public List<String> wordNetIds() {
    return wordNet ? LabelFile.of(this).ids() : List.of();
  }

  boolean hasIds() {
    return wordNet;
  }
}
