package io.github.tfbit.survey;

import io.github.tfbit.checkpoints.Problem;
import io.github.tfbit.data.DataException;
import io.github.tfbit.data.ImageDataset;
import io.github.tfbit.data.ImageDatasets;
import java.io.IOException;
import java.util.BitSet;
import java.util.List;

/**
 * What decoding and hashing every picture came to.
 *
 * @param pictures how many there are
 * @param remembered how many of them were known from an earlier check and not read again
 * @param bad all that cannot be decoded, in their order
 * @param same pairs of the same bytes that should not be, at most {@value PictureCheck#MOST_PAIRS}
 */
public record CheckResult(
    int pictures, int remembered, List<BadPicture> bad, List<SamePicture> same) {
  private static final int NAMED = 10;

  /** Copies the lists. */
  public CheckResult {
    bad = List.copyOf(bad);
    same = List.copyOf(same);
  }

  /**
   * Refuses bad pictures, all of them at once.
   *
   * @throws DataException if there are any; names the first ten of them and counts the rest
   */
  public void requireGood() throws DataException {
    if (bad.isEmpty()) {
      return;
    }
    StringBuilder found = new StringBuilder(bad.size() + " that cannot be:");
    for (BadPicture b : bad.subList(0, Math.min(NAMED, bad.size()))) {
      found.append("\n  ").append(b.problem().where()).append(": ").append(b.problem().found());
    }
    if (bad.size() > NAMED) {
      found.append("\n  and ").append(bad.size() - NAMED).append(" more");
    }
    throw new DataException(
        new Problem(
            "pictures that can be decoded",
            found + "\n",
            "the data",
            "replace them, take them out, or go on without them: --skip-bad"));
  }

  /**
   * A part of the data set without its bad pictures.
   *
   * @param split its name in the check
   * @param data the part
   * @return the same part if none is bad
   * @throws DataException if a class of it had pictures and has none left
   * @throws IOException if labels cannot be fetched
   */
  public ImageDataset good(String split, ImageDataset data) throws IOException {
    BitSet out = new BitSet(data.size());
    bad.stream().filter(b -> b.split().equals(split)).forEach(b -> out.set(b.index()));
    if (out.isEmpty()) {
      return data;
    }
    int[] kept = new int[data.size() - out.cardinality()];
    int[] before = new int[data.classes().size()];
    int[] after = new int[data.classes().size()];
    for (int i = 0, n = 0; i < data.size(); i++) {
      for (int label : data.labels(i)) {
        before[label]++;
        after[label] += out.get(i) ? 0 : 1;
      }
      if (!out.get(i)) {
        kept[n++] = i;
      }
    }
    for (int c = 0; c < before.length; c++) {
      if (before[c] > 0 && after[c] == 0) {
        throw new DataException(
            new Problem(
                "a picture of each class that can be decoded",
                "none of the " + before[c] + " of class " + data.classes().get(c),
                split,
                "replace them, or take the class out"));
      }
    }
    return ImageDatasets.subset(data, kept);
  }
}
