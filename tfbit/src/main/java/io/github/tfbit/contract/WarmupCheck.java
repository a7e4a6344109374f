package io.github.tfbit.contract;

import io.github.tfbit.checkpoints.CheckpointException;
import io.github.tfbit.data.DataException;
import io.github.tfbit.data.TfRecordReader;
import io.github.tfbit.export.ServerFiles;
import io.github.tfbit.export.WarmupRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.tensorflow.proto.SignatureDef;
import org.tensorflow.proto.TensorInfo;
import org.tensorflow.proto.TensorProto;

/** Requests to warm up with, as far as they can be read without being made. */
final class WarmupCheck {
  private static final int MOST_RECORDS = 1000;

  private final Subject subject;
  private final Findings findings;
  private final List<Long> sizes;

  private WarmupCheck(Subject subject, Findings findings, List<Long> sizes) {
    this.subject = subject;
    this.findings = findings;
    this.sizes = sizes;
  }

  /**
   * Looks at all of them.
   *
   * @param sizes of batches that have to be asked for
   * @return the requests, if all of them can be made
   */
  static List<WarmupRequest> look(Subject subject, Findings findings, List<Long> sizes)
      throws IOException {
    return new WarmupCheck(subject, findings, sizes).warmup();
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
