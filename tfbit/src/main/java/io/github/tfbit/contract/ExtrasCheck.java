package io.github.tfbit.contract;

import com.google.protobuf.TextFormat;
import io.github.tfbit.checkpoints.CheckpointException;
import io.github.tfbit.checkpoints.Problem;
import io.github.tfbit.data.DataException;
import io.github.tfbit.data.TfRecordReader;
import io.github.tfbit.export.ServerFiles;
import io.github.tfbit.export.WarmupRequest;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.tensorflow.proto.SignatureDef;
import org.tensorflow.proto.TensorInfo;
import org.tensorflow.proto.TensorProto;

/** Files beside the graph: labels, batching, requests to warm up with. */
final class ExtrasCheck {
  private static final int MOST_RECORDS = 1000;
  private static final Path LABELS = Path.of("assets.extra", "labels.txt");

  private final Subject subject;
  private final Findings findings;
  private List<Long> sizes = List.of();

  private ExtrasCheck(Subject subject, Findings findings) {
    this.subject = subject;
    this.findings = findings;
  }

  /** Looks at all of them and gives back the requests that can be made. */
  static List<WarmupRequest> look(Subject subject, Findings findings) throws IOException {
    ExtrasCheck check = new ExtrasCheck(subject, findings);
    check.labels();
    check.batching();
    return check.warmup();
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

  private List<WarmupRequest> warmup() throws IOException {
    Path file = subject.directory().resolve(ServerFiles.WARMUP);
    if (!Files.isRegularFile(file)) {
      for (Rule rule : List.of(Rule.WARMUP_FILE, Rule.WARMUP_REQUESTS, Rule.WARMUP_SIZES)) {
        findings.skip(rule, "there are no warm-up requests");
      }
      return List.of();
    }
    List<WarmupRequest> requests = new ArrayList<>();
    List<String> faults = new ArrayList<>();
    try {
      TfRecordReader records = TfRecordReader.open(file);
      if (records.size() > MOST_RECORDS || records.size() == 0) {
        findings.fail(Rule.WARMUP_FILE, records.size() + " records");
        return List.of();
      }
      for (int i = 0; i < records.size(); i++) {
        read(records, i, requests, faults);
      }
      findings.pass(Rule.WARMUP_FILE, records.size() + " records");
    } catch (DataException e) {
      findings.fail(Rule.WARMUP_FILE, e.getMessage());
      return List.of();
    }
    findings.judge(
        Rule.WARMUP_REQUESTS, faults, requests.size() + " PredictRequests of their signatures");
    if (!faults.isEmpty()) {
      findings.skip(Rule.WARMUP_SIZES, "not every request can be made");
      return List.of();
    }
    covered(requests);
    return requests;
  }

  private void read(
      TfRecordReader records, int index, List<WarmupRequest> requests, List<String> faults)
      throws IOException {
    String record = "record " + index + " ";
    try {
      WarmupRequest request = WarmupRequest.parse(records.record(index), record.strip());
      fault(request).ifPresentOrElse(f -> faults.add(record + f), () -> requests.add(request));
    } catch (CheckpointException e) {
      faults.add(e.getMessage());
    }
  }

  private Optional<String> fault(WarmupRequest request) {
    String key = request.signature().isEmpty() ? "serving_default" : request.signature();
    SignatureDef signature = subject.signatures().get(key);
    if (signature == null) {
      return Optional.of("asks for the signature " + key);
    }
    if (!request.inputs().keySet().equals(new TreeSet<>(signature.getInputsMap().keySet()))) {
      return Optional.of(
          "gives "
              + request.inputs().keySet()
              + ", "
              + key
              + " takes "
              + signature.getInputsMap().keySet());
    }
    for (Map.Entry<String, TensorProto> input : request.inputs().entrySet()) {
      TensorInfo wanted = signature.getInputsOrThrow(input.getKey());
      if (input.getValue().getDtype() != wanted.getDtype()) {
        return Optional.of(
            "gives "
                + input.getKey()
                + " as "
                + input.getValue().getDtype()
                + ", it is "
                + wanted.getDtype());
      }
      if (!wanted.getTensorShape().getUnknownRank()
          && input.getValue().getTensorShape().getDimCount()
              != wanted.getTensorShape().getDimCount()) {
        return Optional.of("gives " + input.getKey() + " in another rank");
      }
    }
    return Optional.empty();
  }

  private void covered(List<WarmupRequest> requests) {
    if (sizes.isEmpty()) {
      findings.skip(Rule.WARMUP_SIZES, "no batch sizes are named");
      return;
    }
    Set<Long> asked = new TreeSet<>();
    for (WarmupRequest request : requests) {
      request.inputs().values().stream()
          .filter(t -> t.getTensorShape().getDimCount() > 0)
          .forEach(t -> asked.add(t.getTensorShape().getDim(0).getSize()));
    }
    List<String> faults =
        sizes.stream().filter(s -> !asked.contains(s)).map(s -> "no batch of " + s).toList();
    findings.judge(Rule.WARMUP_SIZES, faults, "batches of " + asked);
  }
}
