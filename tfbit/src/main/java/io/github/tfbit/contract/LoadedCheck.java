package io.github.tfbit.contract;

import io.github.tfbit.checkpoints.Problem;
import io.github.tfbit.export.WarmupRequest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.tensorflow.GraphOperation;
import org.tensorflow.SavedModelBundle;
import org.tensorflow.exceptions.TensorFlowException;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.proto.SignatureDef;
import org.tensorflow.proto.TensorInfo;
import org.tensorflow.proto.TensorShapeProto;

/** What TensorFlow makes of a model that is whole. */
final class LoadedCheck {
  /** Rows of a batch that are asked about once more, alone. */
  private static final int ROWS = 4;

  private final Subject subject;
  private final Findings findings;
  private final SavedModelBundle bundle;

  private LoadedCheck(Subject subject, Findings findings, SavedModelBundle bundle) {
    this.subject = subject;
    this.findings = findings;
    this.bundle = bundle;
  }

  static void look(Subject subject, List<WarmupRequest> requests, Findings findings) {
    long start = System.nanoTime();
    try (SavedModelBundle bundle = SavedModelBundle.load(subject.directory().toString(), "serve")) {
      findings.pass(Rule.LOADS, "in " + seconds(start));
      LoadedCheck check = new LoadedCheck(subject, findings, bundle);
      check.shapes();
      check.answers(requests);
    } catch (TensorFlowException | IllegalArgumentException e) {
      findings.fail(Rule.LOADS, firstLine(e));
    }
  }

  private static String seconds(long start) {
    return String.format(Locale.ROOT, "%.1f s", (System.nanoTime() - start) / 1e9);
  }

  static String firstLine(RuntimeException e) {
    return Problem.shown(String.valueOf(e.getMessage()).lines().findFirst().orElse("an error"));
  }

  private void shapes() {
    List<String> faults = new ArrayList<>();
    subject
        .signatures()
        .forEach(
            (key, signature) ->
                Subject.tensors(signature)
                    .forEach(
                        (what, tensor) ->
                            fault(tensor).ifPresent(f -> faults.add(key + " " + what + f))));
    findings.judge(Rule.SIGNATURE_SHAPES, faults, "as the graph has them");
  }

  private Optional<String> fault(TensorInfo tensor) {
    String name = tensor.getName();
    GraphOperation op = bundle.graph().operation(GraphView.producer(name));
    Shape found = op.output(Integer.parseInt(name.substring(name.indexOf(':') + 1))).shape();
    TensorShapeProto said = tensor.getTensorShape();
    if (found.isUnknown() || said.getUnknownRank()) {
      return Optional.empty();
    }
    boolean same = found.numDimensions() == said.getDimCount();
    for (int i = 0; same && i < said.getDimCount(); i++) {
      long size = found.get(i);
      same = size == Shape.UNKNOWN_SIZE || size == said.getDim(i).getSize();
    }
    return same
        ? Optional.empty()
        : Optional.of(" is " + SignatureCheck.words(said) + ", in the graph " + found);
  }

  private void answers(List<WarmupRequest> requests) {
    if (requests.isEmpty()) {
      findings.skip(Rule.WARMUP_ANSWERS, "there are no warm-up requests to make");
      findings.skip(Rule.ROWS_ALONE, "there are no warm-up requests to make");
      return;
    }
    Map<String, SignatureDef> signatures = subject.signatures();
    List<String> faults = new ArrayList<>();
    long start = System.nanoTime();
    for (WarmupRequest request : requests) {
      SignatureDef signature = signatures.get(key(request));
      Optional<Replay> replay = Replay.of(request);
      if (replay.isEmpty()) {
        faults.add(key(request) + ": values that do not fill the shape, or of an unusual type");
        continue;
      }
      Replay.Answer answer = replay.get().all(bundle, signature);
      faults.addAll(answer.faults());
    }
    findings.judge(Rule.WARMUP_ANSWERS, faults, requests.size() + " answers in " + seconds(start));
    if (faults.isEmpty()) {
      rows(requests);
    } else {
      findings.skip(Rule.ROWS_ALONE, "not all warm-up requests are answered");
    }
  }

  private void rows(List<WarmupRequest> requests) {
    WarmupRequest largest =
        requests.stream()
            .max(Comparator.comparing(r -> Replay.of(r).map(Replay::rows).orElse(0)))
            .orElseThrow();
    Replay replay = Replay.of(largest).orElseThrow();
    if (replay.rows() < 2) {
      findings.skip(Rule.ROWS_ALONE, "no warm-up request has two rows");
      return;
    }
    int rows = Math.min(ROWS, replay.rows());
    List<String> faults =
        replay.compare(bundle, subject.signatures().get(key(largest)), rows, tolerance());
    findings.judge(
        Rule.ROWS_ALONE, faults, rows + " rows of a batch of " + replay.rows() + ", each alone");
  }

  /** Scores of a network in bfloat16 have fewer digits that can be asked for. */
  private double tolerance() {
    boolean coarse =
        subject.graph().nodes().stream()
            .anyMatch(
                n ->
                    n.getAttrMap().values().stream()
                        .anyMatch(
                            a ->
                                a.getType() == org.tensorflow.proto.DataType.DT_BFLOAT16
                                    || a.getType() == org.tensorflow.proto.DataType.DT_HALF));
    return coarse ? Replay.COARSE : Replay.FINE;
  }

  private static String key(WarmupRequest request) {
    return request.signature().isEmpty() ? "serving_default" : request.signature();
  }
}
