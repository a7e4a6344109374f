package io.github.tfbit.export;

import java.util.LinkedHashMap;
import java.util.Map;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.proto.SignatureDef;
import org.tensorflow.proto.TensorInfo;
import org.tensorflow.proto.TensorShapeProto;

/**
 * One way to call an exported model.
 *
 * @param key under which clients ask for it
 * @param method the interface of TensorFlow Serving that it is for
 * @param inputs by alias
 * @param outputs by alias; the first dimension of each is the batch, as REST's row format needs
 */
record ExportSignature(
    String key, String method, Map<String, Operand<?>> inputs, Map<String, Operand<?>> outputs) {
  private static final String METHOD = "tensorflow/serving/";

  /** Keeps the order of the aliases. */
  ExportSignature {
    inputs = new LinkedHashMap<>(inputs);
    outputs = new LinkedHashMap<>(outputs);
  }

  /** For the Predict interface. */
  static ExportSignature predict(
      String key, Map<String, Operand<?>> inputs, Map<String, Operand<?>> outputs) {
    return new ExportSignature(key, METHOD + "predict", inputs, outputs);
  }

  /** For the Classify interface. */
  static ExportSignature classify(
      String key, Map<String, Operand<?>> inputs, Map<String, Operand<?>> outputs) {
    return new ExportSignature(key, METHOD + "classify", inputs, outputs);
  }

  /** The signature as the SavedModel format writes it. */
  SignatureDef toProto() {
    SignatureDef.Builder proto = SignatureDef.newBuilder().setMethodName(method);
    inputs.forEach((alias, tensor) -> proto.putInputs(alias, describe(tensor.asOutput())));
    outputs.forEach((alias, tensor) -> proto.putOutputs(alias, describe(tensor.asOutput())));
    return proto.build();
  }

  private static TensorInfo describe(Output<?> output) {
    TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
    for (long size : output.shape().asArray()) {
      shape.addDim(
          TensorShapeProto.Dim.newBuilder().setSize(size == Shape.UNKNOWN_SIZE ? -1 : size));
    }
    return TensorInfo.newBuilder()
        .setName(output.op().name() + ":" + output.index())
        .setDtype(output.dataType())
        .setTensorShape(shape)
        .build();
  }
}
