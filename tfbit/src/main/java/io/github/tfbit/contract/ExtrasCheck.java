package io.github.tfbit.contract;

import com.google.protobuf.TextFormat;
import io.github.tfbit.checkpoints.Problem;
import io.github.tfbit.export.ServerFiles;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.tensorflow.proto.SignatureDef;
import org.tensorflow.proto.TensorInfo;

/** Files beside the graph that are read as text: labels and batching. */
final class ExtrasCheck {
  private static final Path LABELS = Path.of("assets.extra", "labels.txt");

  private final Subject subject;
  private final Findings findings;
  private List<Long> sizes = List.of();

  private ExtrasCheck(Subject subject, Findings findings) {
    this.subject = subject;
    this.findings = findings;
  }

  /** Looks at both and gives back the batch sizes that are named. */
  static List<Long> look(Subject subject, Findings findings) throws IOException {
    ExtrasCheck check = new ExtrasCheck(subject, findings);
    check.labels();
    check.batching();
    return check.sizes;
  }

  private void labels() throws IOException {
    Path file = subject.directory().resolve(LABELS);
    Set<Long> classes = new TreeSet<>();
    for (SignatureDef signature : subject.signatures().values()) {
      TensorInfo logits = signature.getOutputsMap().get("logits");
      if (logits != null && logits.getTensorShape().getDimCount() == 2) {
        classes.add(logits.getTensorShape().getDim(1).getSize());
      }
    }
    if (!Files.isRegularFile(file) || classes.isEmpty()) {
      findings.skip(
          Rule.LABELS_COMPLETE,
          classes.isEmpty() ? "no signature answers logits" : "there is no labels.txt");
      return;
    }
    try (Stream<String> lines = Files.lines(file)) {
      long count = lines.count();
      findings.judge(
          Rule.LABELS_COMPLETE,
          classes.equals(Set.of(count)) ? List.of() : List.of(count + " names, logits " + classes),
          count + " names");
    } catch (java.io.UncheckedIOException e) {
      findings.fail(Rule.LABELS_COMPLETE, "labels.txt is no UTF-8");
    }
  }

  private void batching() throws IOException {
    Path file = subject.directory().resolve(ServerFiles.BATCHING);
    if (!Files.isRegularFile(file)) {
      findings.skip(Rule.BATCHING_FILE, "there is no " + ServerFiles.BATCHING);
      return;
    }
    if (Files.size(file) > BatchingText.MOST_CHARACTERS) {
      findings.fail(Rule.BATCHING_FILE, Files.size(file) + " bytes");
      return;
    }
    try {
      BatchingText text = BatchingText.parse(Files.readString(file));
      sizes = text.sizes();
      findings.judge(Rule.BATCHING_FILE, faults(text), "sizes " + sizes);
    } catch (TextFormat.ParseException | CharacterCodingException e) {
      findings.fail(Rule.BATCHING_FILE, "cannot be read: " + Problem.shown(e.getMessage()));
    }
  }

  private static List<String> faults(BatchingText text) {
    List<String> faults = new ArrayList<>();
    for (String name : List.of("max_batch_size", "max_enqueued_batches", "num_batch_threads")) {
      text.value(name).filter(v -> v < 1).ifPresent(v -> faults.add(name + " is " + v));
    }
    text.value("batch_timeout_micros")
        .filter(v -> v < 0)
        .ifPresent(v -> faults.add("batch_timeout_micros is " + v));
    List<Long> sizes = text.sizes();
    if (!sizes.isEmpty()) {
      long last = sizes.get(sizes.size() - 1);
      if (!text.value("max_batch_size").equals(Optional.of(last))) {
        faults.add(
            "max_batch_size "
                + text.value("max_batch_size").map(String::valueOf).orElse("is not said")
                + ", the last size "
                + last);
      }
      for (int i = 1; i < sizes.size(); i++) {
        if (sizes.get(i) <= sizes.get(i - 1)) {
          faults.add("sizes do not grow: " + sizes);
        }
      }
    }
    return faults;
  }
}
