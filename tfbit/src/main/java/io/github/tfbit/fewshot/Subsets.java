package io.github.tfbit.fewshot;

import io.github.tfbit.checkpoints.Problem;
import io.github.tfbit.data.DataException;
import io.github.tfbit.data.Hashes;
import io.github.tfbit.data.ImageDataset;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * Class-balanced random subsets: a pure function of seed, subset and class. With one number, more
 * shots contain fewer: what changes from one to the next is what was added. Pictures with several
 * labels count as the first.
 */
public final class Subsets {
  private final List<List<Integer>> members = new ArrayList<>();
  private final List<String> classes;
  private final long seed;

  /**
   * Looks at the labels of all pictures.
   *
   * @param data to draw from
   * @param seed what follows, follows from it
   * @throws IOException if labels cannot be had
   */
  public Subsets(ImageDataset data, long seed) throws IOException {
    this.seed = seed;
    this.classes = List.copyOf(data.classes());
    classes.forEach(c -> members.add(new ArrayList<>()));
    for (int i = 0; i < data.size(); i++) {
      int[] labels = data.labels(i);
      if (labels.length > 0) {
        members.get(labels[0]).add(i);
      }
    }
  }

  /**
   * Refuses shots that there are too few pictures for.
   *
   * @param shots all that will be drawn
   * @throws DataException naming each class with what it has and the least that was asked for and
   *     is not there
   */
  public void require(List<Shots> shots) throws DataException {
    int most = shots.stream().mapToInt(s -> s.perClass().orElse(1)).max().orElse(0);
    List<String> few = new ArrayList<>();
    for (int c = 0; c < classes.size(); c++) {
      int has = members.get(c).size();
      if (has < most) {
        int asked =
            shots.stream()
                .mapToInt(s -> s.perClass().orElse(1))
                .filter(s -> s > has)
                .min()
                .orElse(0);
        few.add(classes.get(c) + " has " + has + ", " + asked + " asked");
      }
    }
    if (!few.isEmpty()) {
      throw new DataException(
          new Problem(
              "at least " + most + " pictures of each class",
              String.join("; ", few),
              "the training data",
              "ask for fewer shots, or add pictures"));
    }
  }

  /**
   * Draws.
   *
   * @param shots how many of each class
   * @param subset which subset, from 0
   * @return indices of pictures, rising
   */
  public int[] draw(Shots shots, int subset) {
    List<Integer> drawn = new ArrayList<>();
    for (int c = 0; c < members.size(); c++) {
      List<Integer> of = members.get(c);
      int[] order = Hashes.permutation(of.size(), Hashes.mix(Hashes.mix(seed, subset), c));
      int n = shots.perClass().orElse(of.size());
      Arrays.stream(order).limit(n).forEach(i -> drawn.add(of.get(i)));
    }
    Collections.sort(drawn);
    return drawn.stream().mapToInt(i -> i).toArray();
  }
}
