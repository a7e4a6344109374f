package io.github.tfbit.contract;

import com.google.protobuf.ByteString;
import io.github.tfbit.checkpoints.Problem;
import io.github.tfbit.checkpoints.bundle.BundleReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.TensorProto;

/** Whether every weight is on disk and finds its way into the graph. */
final class VariablesCheck {
  private static final Set<String> VARIABLES = Set.of("VarHandleOp", "Variable", "VariableV2");

  /** How TensorFlow 2 keeps a model's structure among its tensors. */
  private static final String OBJECT_GRAPH = "_CHECKPOINTABLE_OBJECT_GRAPH";

  private static final int TENSOR_NAMES = 1;

  private final Subject subject;
  private final Findings findings;

  private VariablesCheck(Subject subject, Findings findings) {
    this.subject = subject;
    this.findings = findings;
  }

  static void look(Subject subject, Findings findings) {
    new VariablesCheck(subject, findings).look();
  }

  private void look() {
    List<NodeDef> variables =
        subject.graph().nodes().stream().filter(n -> VARIABLES.contains(n.getOp())).toList();
    if (variables.isEmpty()) {
      findings.skip(Rule.VARIABLES_WHOLE, "the graph has no variables");
      findings.skip(Rule.VARIABLES_RESTORED, "the graph has no variables");
      return;
    }
    Set<String> stored = new HashSet<>();
    try (BundleReader bundle =
        BundleReader.open(subject.directory().resolve("variables").resolve("variables"))) {
      bundle.tensors().forEach(t -> stored.add(t.name()));
      stored.addAll(bundle.skipped().keySet());
      long bytes = bundle.tensors().stream().mapToLong(t -> t.byteSize()).sum();
      findings.pass(
          Rule.VARIABLES_WHOLE, bundle.tensors().size() + " tensors, " + bytes + " bytes");
    } catch (IOException e) {
      findings.fail(Rule.VARIABLES_WHOLE, Problem.shown(String.valueOf(e.getMessage())));
      return;
    }
    restored(variables, stored);
  }

  private void restored(List<NodeDef> variables, Set<String> stored) {
    List<String> faults = new ArrayList<>();
    Set<NodeDef> loading = subject.loading();
    Set<NodeDef> answering = subject.answering();
    if (subject.restoreOp().isEmpty() || subject.graph().find(subject.restoreOp()).isEmpty()) {
      faults.add("no operation restores variables");
    }
    for (NodeDef variable : variables) {
      if (answering.contains(variable) && !loading.contains(variable)) {
        faults.add(variable.getName() + " is not filled");
      }
    }
    for (NodeDef node : loading) {
      if (node.getOp().equals("RestoreV2") && node.getInputCount() > TENSOR_NAMES) {
        for (String key : names(node.getInput(TENSOR_NAMES), loading)) {
          if (!stored.contains(key) && !key.equals(OBJECT_GRAPH)) {
            faults.add("variables/ has no tensor " + key);
          }
        }
      }
    }
    findings.judge(Rule.VARIABLES_RESTORED, faults, variables.size() + " variables");
  }

  /** The keys that are read, where they are constants, as all writers have them. */
  private static List<String> names(String input, Set<NodeDef> loading) {
    String name = GraphView.producer(input);
    Optional<NodeDef> constant =
        loading.stream()
            .filter(n -> n.getOp().equals("Const") && n.getName().equals(name))
            .findFirst();
    return constant.map(n -> strings(n.getAttrMap().get("value").getTensor())).orElse(List.of());
  }

  /** As a list, or packed: all lengths as varints, then all bytes (tensor.cc, EncodeStringList). */
  private static List<String> strings(TensorProto tensor) {
    List<String> strings = new ArrayList<>();
    tensor.getStringValList().forEach(s -> strings.add(s.toString(StandardCharsets.UTF_8)));
    ByteString packed = tensor.getTensorContent();
    if (!packed.isEmpty() && tensor.getTensorShape().getDimCount() == 1) {
      try {
        var in = packed.newCodedInput();
        long count = Math.min(tensor.getTensorShape().getDim(0).getSize(), packed.size());
        List<Integer> lengths = new ArrayList<>();
        for (long i = 0; i < count; i++) {
          lengths.add(in.readRawVarint32());
        }
        for (int length : lengths) {
          strings.add(new String(in.readRawBytes(length), StandardCharsets.UTF_8));
        }
      } catch (IOException e) {
        strings.add("(a list of names that cannot be read)");
      }
    }
    return strings;
  }
}
