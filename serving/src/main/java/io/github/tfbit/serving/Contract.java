package io.github.tfbit.serving;

import io.grpc.Status;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.SignatureDef;
import org.tensorflow.proto.TensorInfo;

/**
 * What TensorFlow Serving demands of a Predict or Classify request before it computes anything, in
 * its words (tensorflow_serving/servables/tensorflow/predict_util.cc and classifier.cc).
 */
final class Contract {
  private Contract() {}

  /** The signature that a client asks for; nothing asked is {@code serving_default}. */
  static SignatureDef signature(Map<String, SignatureDef> signatures, String key) {
    SignatureDef signature = signatures.get(orDefault(key));
    if (signature == null) {
      throw new ServingException(
          Status.Code.FAILED_PRECONDITION,
          "Serving signature key \"" + orDefault(key) + "\" not found.");
    }
    return signature;
  }

  static String orDefault(String key) {
    return key.isEmpty() ? "serving_default" : key;
  }

  /** Inputs must be the signature's, all of them and no other. */
  static void checkInputs(SignatureDef signature, Map<String, Value> inputs) {
    Set<String> wanted = new TreeSet<>(signature.getInputsMap().keySet());
    Set<String> given = new TreeSet<>(inputs.keySet());
    if (!given.equals(wanted)) {
      Set<String> extra = new TreeSet<>(given);
      extra.removeAll(wanted);
      Set<String> missing = new TreeSet<>(wanted);
      missing.removeAll(given);
      throw ServingException.invalid(
          "input keys do not match the signature's: len("
              + braces(given)
              + ") = "
              + given.size()
              + ", expected len("
              + braces(wanted)
              + ") = "
              + wanted.size()
              + ". Sent extra: "
              + braces(extra)
              + ". Missing but required: "
              + braces(missing)
              + ".");
    }
    signature.getInputsMap().forEach((alias, info) -> checkTensor(alias, info, inputs.get(alias)));
  }

  private static void checkTensor(String alias, TensorInfo info, Value value) {
    if (value.data().type() != info.getDtype()) {
      throw ServingException.invalid(
          "Expects input "
              + alias
              + " to be "
              + name(info.getDtype())
              + " but "
              + name(value.data().type())
              + " is provided");
    }
    List<Integer> shape = value.shape();
    boolean fits = shape.size() == info.getTensorShape().getDimCount();
    for (int i = 0; fits && i < shape.size(); i++) {
      long size = info.getTensorShape().getDim(i).getSize();
      fits = size < 0 || size == shape.get(i);
    }
    if (!fits) {
      throw ServingException.invalid(
          "Expects input " + alias + " to be of shape " + shape(info) + " but found " + shape);
    }
    if (shape.contains(0)) {
      throw ServingException.invalid("Expects input " + alias + " not to be empty, found " + shape);
    }
    checkFinite(alias, value);
  }

  /** One number that is none would make the whole answer none. */
  private static void checkFinite(String alias, Value value) {
    if (!(value.data() instanceof Value.Floats floats)) {
      return;
    }
    float[] numbers = floats.values();
    for (int i = 0; i < numbers.length; i++) {
      if (!Float.isFinite(numbers[i])) {
        throw ServingException.invalid(
            "Expects input "
                + alias
                + " to hold finite float32 numbers but found "
                + numbers[i]
                + " in row "
                + (int) ((long) i * value.rows() / numbers.length));
      }
    }
  }

  private static String name(DataType type) {
    return type == DataType.UNRECOGNIZED
        ? "an unknown type"
        : type.name().substring(3).toLowerCase(java.util.Locale.ROOT);
  }

  private static List<Long> shape(TensorInfo info) {
    return info.getTensorShape().getDimList().stream().map(d -> d.getSize()).toList();
  }

  /** Which outputs a client gets; asked for none, he gets all. */
  static Set<String> outputs(SignatureDef signature, Collection<String> filter) {
    Set<String> all = signature.getOutputsMap().keySet();
    if (filter.isEmpty()) {
      return new TreeSet<>(all);
    }
    Set<String> wanted = new TreeSet<>();
    for (String alias : filter) {
      if (!all.contains(alias)) {
        throw ServingException.invalid(
            "output tensor alias not found in signature: "
                + alias
                + " Outputs expected to be in the set "
                + braces(new TreeSet<>(all))
                + ".");
      }
      if (!wanted.add(alias)) {
        throw ServingException.invalid("duplicate output tensor alias: " + alias);
      }
    }
    return wanted;
  }

  /** Classify takes one input called {@code inputs}, of serialised examples. */
  static void checkClassify(SignatureDef signature) {
    if (signature.getInputsCount() != 1 || !signature.containsInputs("inputs")) {
      throw ServingException.invalid(
          "No classification inputs found in SignatureDef: expected one called inputs, found "
              + braces(signature.getInputsMap().keySet()));
    }
  }

  static String braces(Collection<String> names) {
    return "{" + String.join(",", names) + "}";
  }
}
