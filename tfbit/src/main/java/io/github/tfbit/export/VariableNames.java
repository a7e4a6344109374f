package io.github.tfbit.export;

import java.util.HashMap;
import java.util.Map;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.NodeDef;

/**
 * Gives the node of each variable the name that its value is shared under, as Python's TensorFlow
 * does: readers such as TFLite's converter take one for the other. TensorFlow-Java itself puts no
 * slash into a node's name.
 */
final class VariableNames {
  private VariableNames() {}

  /**
   * Renames.
   *
   * @param graph whose shared names no other nodes have
   * @return the same graph under those names
   */
  static GraphDef shared(GraphDef graph) {
    Map<String, String> names = new HashMap<>();
    for (NodeDef node : graph.getNodeList()) {
      if (node.getOp().equals("VarHandleOp")) {
        names.put(node.getName(), node.getAttrOrThrow("shared_name").getS().toStringUtf8());
      }
    }
    GraphDef.Builder renamed = graph.toBuilder();
    for (NodeDef.Builder node : renamed.getNodeBuilderList()) {
      node.setName(names.getOrDefault(node.getName(), node.getName()));
      for (int i = 0; i < node.getInputCount(); i++) {
        node.setInput(i, input(node.getInput(i), names));
      }
    }
    return renamed.build();
  }

  /** {@code ^name} is a control input, {@code name:0} the only output. */
  private static String input(String input, Map<String, String> names) {
    boolean control = input.startsWith("^");
    String name = control ? input.substring(1) : input.replaceFirst(":0$", "");
    String shared = names.get(name);
    return shared == null ? input : (control ? "^" : "") + shared;
  }
}
