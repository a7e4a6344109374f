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
 * @param inputs by alias
 * @param outputs by alias; the first dimension of each is the batch, as REST's row format needs
 */
record ExportSignature(
    String key, Map<String, Operand<?>> inputs, Map<String, Operand<?>> outputs) {
  /** What TensorFlow Serving's Predict interface looks for. */
  private static final String PREDICT = "tensorflow/serving/predict";

  /** Keeps the order of the aliases. */
  ExportSignature {
    inputs = new LinkedHashMap<>(inputs);
    outputs = new LinkedHashMap<>(outputs);
  }

  /** The signature as the SavedModel format writes it. */
  SignatureDef toProto() {
    SignatureDef.Builder proto = SignatureDef.newBuilder().setMethodName(PREDICT);
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
