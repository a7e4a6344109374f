package io.github.tfbit.contract;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.SignatureDef;
import org.tensorflow.proto.TensorInfo;
import org.tensorflow.proto.TensorShapeProto;

/** How a model can be called. */
final class SignatureCheck {
  private static final String SERVING_DEFAULT = "serving_default";
  private static final String PREFIX = "tensorflow/serving/";
  private static final String PREDICT = PREFIX + "predict";
  private static final String CLASSIFY = PREFIX + "classify";
  private static final String REGRESS = PREFIX + "regress";
  private static final String BYTES = "_bytes";
  private static final Set<DataType> HANDLES =
      Set.of(DataType.DT_RESOURCE, DataType.DT_VARIANT, DataType.DT_INVALID);
  private static final Set<String> DECODERS =
      Set.of("DecodeImage", "DecodeJpeg", "DecodePng", "DecodeBmp", "DecodeGif", "DecodeWebP");

  private final Subject subject;
  private final Findings findings;

  private SignatureCheck(Subject subject, Findings findings) {
    this.subject = subject;
    this.findings = findings;
  }

  static void look(Subject subject, Findings findings) {
    SignatureCheck check = new SignatureCheck(subject, findings);
    Set<String> keys = subject.signatures().keySet();
    if (keys.contains(SERVING_DEFAULT)) {
      findings.pass(Rule.SERVING_DEFAULT, String.join(", ", keys));
    } else {
      findings.judge(Rule.SERVING_DEFAULT, List.of("signatures " + keys), "");
    }
    check.tensors();
    check.batch();
    check.methods();
    check.aliases();
    check.classify();
  }

  private void tensors() {
    List<String> faults = new ArrayList<>();
    int count = 0;
    for (Map.Entry<String, SignatureDef> signature : subject.signatures().entrySet()) {
      if (signature.getValue().getOutputsCount() == 0) {
        faults.add(signature.getKey() + " has no output");
      }
      for (Map.Entry<String, TensorInfo> t : Subject.tensors(signature.getValue()).entrySet()) {
        count++;
        fault(t.getValue()).ifPresent(f -> faults.add(signature.getKey() + " " + f));
      }
    }
    findings.judge(Rule.SIGNATURE_TENSORS, faults, count + " tensors");
  }

  private Optional<String> fault(TensorInfo tensor) {
    String name = tensor.getName();
    if (!name.matches("[^:]+:\\d{1,5}")) {
      return Optional.of("names '" + name + "', which is no tensor such as a:0");
    }
    Optional<NodeDef> node = subject.graph().find(GraphView.producer(name));
    if (node.isEmpty()) {
      return Optional.of("names " + name + ", which is not in the graph");
    }
    Optional<List<DataType>> types = subject.ops().outputs(node.get());
    int index = Integer.parseInt(name.substring(name.indexOf(':') + 1));
    if (types.isEmpty()) {
      return subject.graph().isFunction(node.get().getOp())
          ? Optional.empty()
          : Optional.of("names " + name + ", whose type cannot be told");
    }
    if (index >= types.get().size()) {
      return Optional.of("names " + name + ", of " + types.get().size() + " outputs");
    }
    if (HANDLES.contains(tensor.getDtype())) {
      return Optional.of("has " + name + ", which is a handle and no value");
    }
    return types.get().get(index) == tensor.getDtype()
        ? Optional.empty()
        : Optional.of(
            "has " + name + " as " + tensor.getDtype() + ", it is " + types.get().get(index));
  }

  private void batch() {
    List<String> faults = new ArrayList<>();
    subject
        .signatures()
        .forEach(
            (key, signature) ->
                Subject.tensors(signature)
                    .forEach(
                        (what, tensor) -> {
                          TensorShapeProto shape = tensor.getTensorShape();
                          if (!shape.getUnknownRank()
                              && (shape.getDimCount() == 0 || shape.getDim(0).getSize() != -1)) {
                            faults.add(key + " " + what + " is " + words(shape));
                          }
                        }));
    findings.judge(Rule.BATCH_FIRST, faults, "-1 everywhere");
  }

  static String words(TensorShapeProto shape) {
    return shape.getUnknownRank()
        ? "of any rank"
        : shape.getDimList().stream().map(TensorShapeProto.Dim::getSize).toList().toString();
  }

  private void methods() {
    List<String> faults = new ArrayList<>();
    subject
        .signatures()
        .forEach(
            (key, signature) -> {
              if (!Set.of(PREDICT, CLASSIFY, REGRESS).contains(signature.getMethodName())) {
                faults.add(key + " has the method name '" + signature.getMethodName() + "'");
              }
            });
    findings.judge(Rule.METHOD_NAMES, faults, "predict, classify or regress");
  }

  private void aliases() {
    List<String> faults = new ArrayList<>();
    subject
        .signatures()
        .forEach(
            (key, signature) -> {
              signature
                  .getOutputsMap()
                  .forEach(
                      (alias, tensor) -> {
                        if (tensor.getDtype() == DataType.DT_STRING && alias.endsWith(BYTES)) {
                          faults.add(key + " answers text as " + alias);
                        }
                      });
              if (signature.getMethodName().equals(PREDICT) && decodes(signature)) {
                signature
                    .getInputsMap()
                    .forEach(
                        (alias, tensor) -> {
                          if (tensor.getDtype() == DataType.DT_STRING && !alias.endsWith(BYTES)) {
                            faults.add(key + " takes pictures as " + alias);
                          }
                        });
              }
            });
    findings.judge(Rule.REST_ALIASES, faults, "none misleads");
  }

  private boolean decodes(SignatureDef signature) {
    return subject.answering(signature).stream().anyMatch(n -> DECODERS.contains(n.getOp()));
  }

  private void classify() {
    List<String> faults = new ArrayList<>();
    int looked = 0;
    for (Map.Entry<String, SignatureDef> each : subject.signatures().entrySet()) {
      String method = each.getValue().getMethodName();
      if (method.equals(CLASSIFY) || method.equals(REGRESS)) {
        looked++;
        form(each.getKey(), each.getValue(), faults);
      }
    }
    if (looked == 0) {
      findings.skip(Rule.CLASSIFY_FORM, "no signature is for Classify or Regress");
    } else {
      findings.judge(Rule.CLASSIFY_FORM, faults, looked + " of that form");
    }
  }

  private static void form(String key, SignatureDef signature, List<String> faults) {
    TensorInfo input = signature.getInputsMap().get("inputs");
    if (signature.getInputsCount() != 1
        || input == null
        || input.getDtype() != DataType.DT_STRING
        || rank(input) != 1) {
      faults.add(key + " does not take one list of strings called inputs");
    }
    Map<String, TensorInfo> outputs = signature.getOutputsMap();
    if (signature.getMethodName().equals(REGRESS)) {
      if (!outputs.keySet().equals(Set.of("outputs"))) {
        faults.add(key + " answers " + outputs.keySet() + ", not outputs");
      }
      return;
    }
    if (outputs.isEmpty() || !Set.of("classes", "scores").containsAll(outputs.keySet())) {
      faults.add(key + " answers " + outputs.keySet() + ", not classes and scores");
    }
    outputs.forEach(
        (alias, tensor) -> {
          DataType type = alias.equals("classes") ? DataType.DT_STRING : DataType.DT_FLOAT;
          if (tensor.getDtype() != type || rank(tensor) != 2) {
            faults.add(
                key + " " + alias + " is " + tensor.getDtype() + words(tensor.getTensorShape()));
          }
        });
  }

  private static int rank(TensorInfo tensor) {
    return tensor.getTensorShape().getUnknownRank() ? -1 : tensor.getTensorShape().getDimCount();
  }
}
