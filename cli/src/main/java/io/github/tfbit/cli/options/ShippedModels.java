package io.github.tfbit.cli.options;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The models that the command carries as resources. */
public final class ShippedModels {
  /** Name of the small model that this project trained. */
  public static final String SMALL = "tfbit-R26x0.25";

  private static final String FOLDER = "/io/github/tfbit/cli/models/";
  private static final String WEIGHTS = ".npz";

  /** What beside the weights makes a RUN directory of them: labels, sizes, groups. */
  private static final Map<String, String> BESIDE =
      Map.of(".run.json", "run.json", ".labels.txt", "labels.txt");

  private ShippedModels() {}

  /**
   * What is there.
   *
   * @return names that {@code --model} takes
   */
  public static List<String> names() {
    return ShippedModels.class.getResource(FOLDER + SMALL + WEIGHTS) == null
        ? List.of()
        : List.of(SMALL);
  }

  /**
   * Writes a model into a directory, so that it can be opened as any other.
   *
   * @param name one of {@link #names}
   * @param directory exists and is empty
   * @return what to open: the directory itself if the model is a whole run, else an npz file in it
   * @throws IOException if writing fails
   */
  public static Path extract(String name, Path directory) throws IOException {
    boolean run = true;
    for (Map.Entry<String, String> file : BESIDE.entrySet()) {
      run &= copy(name + file.getKey(), directory.resolve(file.getValue()));
    }
    Path weights = directory.resolve(run ? "model.npz" : name + WEIGHTS);
    if (!copy(name + WEIGHTS, weights)) {
      throw new IOException("no shipped model is called " + name);
    }
    return run ? directory : weights;
  }

  private static boolean copy(String resource, Path target) throws IOException {
    try (InputStream in = ShippedModels.class.getResourceAsStream(FOLDER + resource)) {
      if (in == null) {
        return false;
      }
      Files.copy(in, target);
      return true;
    }
  }
}
