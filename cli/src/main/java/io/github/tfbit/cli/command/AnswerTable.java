package io.github.tfbit.cli.command;

import io.github.tfbit.checkpoints.Existing;
import io.github.tfbit.converters.Activation;
import io.github.tfbit.evaluate.Answer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A line for every picture that is judged: path, label, prediction, score. Several labels of one
 * picture are separated as manifests have them.
 */
final class AnswerTable implements AutoCloseable {
  private final CsvFile file;

  private AnswerTable(CsvFile file) {
    this.file = file;
  }

  /** Starts a table; empty for none at all. */
  static AnswerTable open(Optional<Path> target, Existing existing) throws IOException {
    CsvFile file = CsvFile.open(target, existing);
    file.row("path", "label", "prediction", "score");
    return new AnswerTable(file);
  }

  /** Takes the answers of a model. */
  Answer.Sink rows(List<String> classes, Activation activation) {
    return answer -> {
      int best = answer.best();
      file.row(
          answer.id(),
          IntStream.of(answer.labels()).mapToObj(classes::get).collect(Collectors.joining("|")),
          classes.get(best),
          String.valueOf(answer.probability(activation, best)));
    };
  }

  void commit() throws IOException {
    file.commit();
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
