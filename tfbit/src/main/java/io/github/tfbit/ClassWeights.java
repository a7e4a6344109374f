package io.github.tfbit;

import io.github.tfbit.checkpoints.Problem;
import io.github.tfbit.data.ImageDataset;
import io.github.tfbit.data.WeightTable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * How much each class counts in the loss, never in the figures of an evaluation. With softmax a
 * picture's loss is multiplied by the weight of its class, mixed as its label is under MixUp; with
 * a sigmoid the loss of each label by the label's weight. The loss stays divided by the number of
 * pictures, as in Keras, so that weights of mean 1 keep its size.
 */
public sealed interface ClassWeights {
  /** Every class counts alike. */
  ClassWeights NONE = new None();

  /**
   * Rare classes count more: {@code n / (C n_c)}, n labels in all, n_c of class c, C classes, which
   * is scikit-learn's {@code balanced}.
   */
  ClassWeights BALANCED = new Balanced();

  /**
   * The weights for a data set.
   *
   * @param train what is learned from
   * @return in the order of its classes; empty if all count alike
   * @throws IOException if the labels cannot be had, or a class has no weight
   */
  List<Double> over(ImageDataset train) throws IOException;

  /**
   * Weights by name.
   *
   * @param byClass 0 or more for each class
   * @return those
   */
  static ClassWeights of(Map<String, Double> byClass) {
    return new Named(byClass);
  }

  /**
   * Weights from a file, which is read when the run starts.
   *
   * @param csv with the header {@code class,weight} and a line for each class
   * @return those
   */
  static ClassWeights of(Path csv) {
    return new Listed(csv);
  }

  /** Every class counts alike. */
  record None() implements ClassWeights {
    @Override
    public List<Double> over(ImageDataset train) {
      return List.of();
    }
  }

  /** Rare classes count more. */
  record Balanced() implements ClassWeights {
    @Override
    public List<Double> over(ImageDataset train) throws IOException {
      int classes = train.classes().size();
      long[] counts = new long[classes];
      long all = 0;
      for (int i = 0; i < train.size(); i++) {
        for (int c : train.labels(i)) {
          counts[c]++;
          all++;
        }
      }
      List<Double> weights = new ArrayList<>();
      for (int c = 0; c < classes; c++) {
        if (counts[c] == 0) {
          throw missing(train.classes().get(c));
        }
        weights.add(all / ((double) classes * counts[c]));
      }
      return weights;
    }

    private static TrainingException missing(String name) {
      return new TrainingException(
          new Problem(
              "pictures of every class, to balance them",
              "none of '" + name + "' to learn from",
              "the training data",
              "add some, leave the class out, or give weights in a file"));
    }
  }

  /**
   * Weights by name.
   *
   * @param byClass 0 or more for each class
   */
  record Named(Map<String, Double> byClass) implements ClassWeights {
    /** Copies the map. */
    public Named {
      byClass = Map.copyOf(byClass);
    }

    @Override
    public List<Double> over(ImageDataset train) throws IOException {
      List<Double> weights = new ArrayList<>();
      for (String name : train.classes()) {
        Double weight = byClass.get(name);
        if (weight == null || !(weight >= 0) || weight.isInfinite()) {
          throw new TrainingException(
              new Problem(
                  "a weight of 0 or more for class '" + name + "'",
                  weight == null ? "none" : weight.toString(),
                  "the class weights",
                  "give one for every class"));
        }
        weights.add(weight);
      }
      return weights;
    }
  }

  /**
   * Weights from a file.
   *
   * @param csv with the header {@code class,weight} and a line for each class
   */
  record Listed(Path csv) implements ClassWeights {
    @Override
    public List<Double> over(ImageDataset train) throws IOException {
      return WeightTable.read(csv, train.classes());
    }
  }
}
