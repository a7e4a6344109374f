package io.github.tfbit.export;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.IntBuffer;
import java.util.HashMap;
import java.util.Map;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.NodeDef;

/**
 * Says window and strides of a max-pooling as attributes, where TensorFlow-Java says them as
 * inputs: the same kernel runs, and more readers know it, TFLite's converter among them.
 */
final class PlainPooling {
  private static final String BY_INPUTS = "MaxPoolV2";
  private static final String BY_ATTRIBUTES = "MaxPool";

  private PlainPooling() {}

  /**
   * Replaces every {@code MaxPoolV2} whose window and strides are constants.
   *
   * @param graph whose constants are written as this process's TensorFlow does
   * @return the same graph; the constants stay, and may be of no more use
   */
  static GraphDef of(GraphDef graph) {
    Map<String, NodeDef> constants = new HashMap<>();
    for (NodeDef node : graph.getNodeList()) {
      if (node.getOp().equals("Const")) {
        constants.put(node.getName(), node);
      }
    }
    GraphDef.Builder plain = graph.toBuilder();
    for (NodeDef.Builder node : plain.getNodeBuilderList()) {
      if (node.getOp().equals(BY_INPUTS)
          && constants.containsKey(node.getInput(1))
          && constants.containsKey(node.getInput(2))) {
        node.setOp(BY_ATTRIBUTES)
            .putAttr("ksize", list(constants.get(node.getInput(1))))
            .putAttr("strides", list(constants.get(node.getInput(2))));
        String pooled = node.getInput(0);
        node.clearInput().addInput(pooled);
      }
    }
    return plain.build();
  }

  private static AttrValue list(NodeDef constant) {
    ByteBuffer bytes =
        constant.getAttrOrThrow("value").getTensor().getTensorContent().asReadOnlyByteBuffer();
    IntBuffer values = bytes.order(ByteOrder.LITTLE_ENDIAN).asIntBuffer();
    AttrValue.ListValue.Builder list = AttrValue.ListValue.newBuilder();
    while (values.hasRemaining()) {
      list.addI(values.get());
    }
    return AttrValue.newBuilder().setList(list).build();
  }
}
