package io.github.tfbit.train;

import io.github.tfbit.checkpoints.Problem;
import io.github.tfbit.converters.Activation;
import io.github.tfbit.data.DataException;
import java.util.List;

/** Labels as rows of zeros and ones. */
final class LabelRows {
  private LabelRows() {}

  /**
   * A row for each picture.
   *
   * @param ids what to call the pictures in messages
   * @param labels indices of each one's classes
   * @param classes how many there are
   * @param activation softmax needs exactly one label a picture
   * @return {@code [pictures, classes]} in C order
   * @throws DataException naming the picture whose labels do not fit
   */
  static float[] of(List<String> ids, List<int[]> labels, int classes, Activation activation)
      throws DataException {
    float[] rows = new float[Math.multiplyExact(labels.size(), classes)];
    for (int i = 0; i < labels.size(); i++) {
      int[] of = labels.get(i);
      if (activation == Activation.SOFTMAX && of.length != 1) {
        throw problem("one label, for a softmax loss", of.length + " labels", ids.get(i));
      }
      for (int label : of) {
        if (label < 0 || label >= classes) {
          throw problem("labels from 0 to " + (classes - 1), String.valueOf(label), ids.get(i));
        }
        rows[i * classes + label] = 1;
      }
    }
    return rows;
  }

  private static DataException problem(String expected, String found, String where) {
    return new DataException(
        new Problem(expected, found, where, "correct the data set, or choose the sigmoid loss"));
  }
}
