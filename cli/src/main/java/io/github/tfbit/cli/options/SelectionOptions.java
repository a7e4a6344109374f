package io.github.tfbit.cli.options;

import io.github.tfbit.checkpoints.Problem;
import io.github.tfbit.cli.console.Failure;
import io.github.tfbit.data.ImageDataset;
import io.github.tfbit.data.ImageDatasets.Split;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import picocli.CommandLine.Option;

/** Which of the data's classes and pictures are used, for experiments. */
public final class SelectionOptions {
  @Option(
      names = "--exclude",
      split = ",",
      paramLabel = "CLASS",
      description = "Leave these classes out: a list with commas.")
  private List<String> exclude = List.of();

  @Option(
      names = "--limit",
      paramLabel = "N",
      converter = PositiveInteger.class,
      description = "Learn from at most N pictures a class, drawn by seed.")
  private Integer limit;

  /**
   * Applies the selection.
   *
   * @param data both parts
   * @param seed decides which pictures are kept
   * @return both parts, with the remaining classes; of what is held out, all pictures are kept
   * @throws Failure if a class that is to be left out is not there, or too few remain
   * @throws IOException if labels cannot be had
   */
  public Split apply(Split data, long seed) throws Failure, IOException {
    List<String> classes = new ArrayList<>(data.train().classes());
    List<String> unknown = new ArrayList<>(exclude);
    unknown.removeAll(classes);
    classes.removeAll(exclude);
    if (!unknown.isEmpty() || classes.size() < 2) {
      throw new Failure(
          new Problem(
              "classes of the data, of which at least two remain",
              unknown.isEmpty() ? "too few left" : "none called " + String.join(", ", unknown),
              "--exclude",
              "give names of folders"));
    }
    ImageDataset train = select(data.train(), classes, seed, limit == null ? 0 : limit);
    return new Split(train, select(data.heldOut(), classes, seed, 0));
  }

  private static ImageDataset select(ImageDataset data, List<String> classes, long seed, int limit)
      throws IOException {
    if (limit == 0 && classes.equals(data.classes())) {
      return data;
    }
    List<List<Integer>> members = new ArrayList<>();
    classes.forEach(c -> members.add(new ArrayList<>()));
    for (int i = 0; i < data.size(); i++) {
      int c = classes.indexOf(data.classes().get(data.labels(i)[0]));
      if (c >= 0) {
        members.get(c).add(i);
      }
    }
    List<Integer> kept = new ArrayList<>();
    for (int c = 0; c < members.size(); c++) {
      List<Integer> some = members.get(c);
      if (limit > 0 && some.size() > limit) {
        Collections.shuffle(some, new Random(31 * seed + c));
        some = some.subList(0, limit);
      }
      kept.addAll(some);
    }
    Collections.sort(kept);
    return new SelectedPictures(data, classes, kept.stream().mapToInt(i -> i).toArray());
  }
}
