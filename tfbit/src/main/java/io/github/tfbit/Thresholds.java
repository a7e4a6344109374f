package io.github.tfbit;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import io.github.tfbit.checkpoints.AtomicFile;
import io.github.tfbit.checkpoints.CheckpointException;
import io.github.tfbit.checkpoints.Existing;
import io.github.tfbit.checkpoints.Problem;
import io.github.tfbit.evaluate.LabelScore;
import io.github.tfbit.evaluate.LabelScores;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * From which probability each label of a sigmoid head counts as there: where its F1 was best on the
 * pictures that a run held out.
 *
 * @param values from 0 to 1, in the order of the classes
 */
public record Thresholds(List<Double> values) {
  /** For a label that no held-out picture had. */
  public static final double UNKNOWN = 0.5;

  /** Where they lie, in a run and in an export. */
  static final String FILE = "thresholds.json";

  /** Where an export has what servers pass over. */
  static final String EXTRA = "assets.extra";

  /** Copies the values and refuses what is no probability. */
  public Thresholds {
    values = List.copyOf(values);
    for (double value : values) {
      if (!(value >= 0 && value <= 1)) {
        throw new IllegalArgumentException("expected thresholds from 0 to 1, found " + value);
      }
    }
  }

  /** Those with the best F1; {@value #UNKNOWN} for labels without a picture. */
  static Thresholds of(LabelScores scores) {
    return new Thresholds(
        scores.labels().stream()
            .map(LabelScore::threshold)
            .map(t -> Double.isNaN(t) ? UNKNOWN : t)
            .toList());
  }

  /** Writes them under the names of the classes. */
  void write(Path directory, List<String> classes) throws IOException {
    JsonObject json = new JsonObject();
    for (int i = 0; i < classes.size(); i++) {
      json.addProperty(classes.get(i), values.get(i));
    }
    Gson gson = new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();
    AtomicFile.write(
        directory.resolve(FILE),
        Existing.REPLACE,
        file -> Files.writeString(file, gson.toJson(json) + "\n"));
  }

  /**
   * Those that lie beside a model's weights.
   *
   * @param model the directory of a run that learned with a sigmoid, or of an export of one
   * @param labels of its classes
   * @return empty if there are none, as with every softmax head
   * @throws CheckpointException if they are damaged
   * @throws IOException if they cannot be read
   */
  public static Optional<Thresholds> find(Path model, Labels labels) throws IOException {
    Optional<Thresholds> found = read(model, labels.names());
    return found.isPresent() ? found : read(model.resolve(EXTRA), labels.names());
  }

  /** Reads those of a directory; empty if it has none. */
  static Optional<Thresholds> read(Path directory, List<String> classes) throws IOException {
    Path file = directory.resolve(FILE);
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try {
      JsonObject json = JsonParser.parseString(Files.readString(file)).getAsJsonObject();
      List<Double> values = new ArrayList<>();
      for (String name : classes) {
        if (!json.has(name)) {
          throw corrupt(file, "none for " + name, null);
        }
        values.add(json.get(name).getAsDouble());
      }
      return Optional.of(new Thresholds(values));
    } catch (JsonParseException
        | IllegalArgumentException
        | IllegalStateException
        | UnsupportedOperationException e) {
      throw corrupt(file, e.getMessage(), e);
    }
  }

  private static CheckpointException corrupt(Path file, String found, RuntimeException cause) {
    return new CheckpointException.Corrupt(
        new Problem(
            "a threshold from 0 to 1 for each class, by name",
            found,
            file.toString(),
            "restore the file, or delete it to do without thresholds"),
        cause);
  }

  /** As {@link io.github.tfbit.evaluate.Evaluation} takes them. */
  double[] toArray() {
    return values.stream().mapToDouble(Double::doubleValue).toArray();
  }
}
