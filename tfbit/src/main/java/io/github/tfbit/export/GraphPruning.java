package io.github.tfbit.export;

import io.github.tfbit.graph.OpRegistry;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.FunctionDef;
import org.tensorflow.proto.FunctionDefLibrary;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.NodeDef;

/**
 * Cuts a graph down to what given nodes need: what only filled the variables (placeholders,
 * assignments, kernel standardisation) goes, and so do devices, which belong to the machine that
 * wrote the file, and attributes with their default values, which an older reader may not know.
 */
final class GraphPruning {
  private final GraphDef graph;
  private final OpRegistry defaults = OpRegistry.known();
  private final Map<String, NodeDef> nodes = new HashMap<>();
  private final Map<String, FunctionDef> functions = new HashMap<>();
  private final Set<String> keptNodes = new HashSet<>();
  private final Set<String> keptFunctions = new HashSet<>();

  private GraphPruning(GraphDef graph) {
    this.graph = graph;
    graph.getNodeList().forEach(n -> nodes.put(n.getName(), n));
    graph.getLibrary().getFunctionList().forEach(f -> functions.put(f.getSignature().getName(), f));
  }

  /**
   * Keeps what the roots need, in the order it had.
   *
   * @param graph any graph
   * @param roots names of nodes that stay
   * @return the smaller graph
   * @throws IllegalArgumentException if a root or an input of a kept node is not in the graph
   */
  static GraphDef keep(GraphDef graph, Collection<String> roots) {
    return new GraphPruning(graph).keep(roots);
  }

  private GraphDef keep(Collection<String> roots) {
    Deque<String> open = new ArrayDeque<>(roots);
    while (!open.isEmpty()) {
      String name = open.pop();
      if (keptNodes.add(name)) {
        NodeDef node = nodes.get(name);
        if (node == null) {
          throw new IllegalArgumentException("expected a node " + name + ", found none");
        }
        node.getInputList().forEach(input -> open.push(producer(input)));
        keepFunctionsOf(node);
      }
    }
    GraphDef.Builder result = GraphDef.newBuilder().setVersions(graph.getVersions());
    graph.getNodeList().stream()
        .filter(n -> keptNodes.contains(n.getName()))
        .forEach(n -> result.addNode(portable(n)));
    if (!keptFunctions.isEmpty()) {
      result.setLibrary(library());
    }
    return result.build();
  }

  private FunctionDefLibrary library() {
    FunctionDefLibrary.Builder library = FunctionDefLibrary.newBuilder();
    for (FunctionDef function : graph.getLibrary().getFunctionList()) {
      if (keptFunctions.contains(function.getSignature().getName())) {
        FunctionDef.Builder copy = function.toBuilder().clearNodeDef();
        function.getNodeDefList().forEach(n -> copy.addNodeDef(portable(n)));
        library.addFunction(copy);
      }
    }
    return library.build();
  }

  /** Without its device, and without what every reader takes for granted. */
  private NodeDef portable(NodeDef node) {
    NodeDef.Builder copy = node.toBuilder().clearDevice();
    node.getAttrMap()
        .forEach(
            (name, value) -> {
              if (defaults.isDefault(node.getOp(), name, value)) {
                copy.removeAttr(name);
              }
            });
    return copy.build();
  }

  private void keepFunctionsOf(NodeDef node) {
    keepFunction(node.getOp());
    for (AttrValue attribute : node.getAttrMap().values()) {
      if (attribute.hasFunc()) {
        keepFunction(attribute.getFunc().getName());
      }
      attribute.getList().getFuncList().forEach(f -> keepFunction(f.getName()));
    }
  }

  private void keepFunction(String name) {
    FunctionDef function = functions.get(name);
    if (function != null && keptFunctions.add(name)) {
      function.getNodeDefList().forEach(this::keepFunctionsOf);
    }
  }

  /** {@code ^name} is a control input, {@code name:1} the second output. */
  private static String producer(String input) {
    String name = input.startsWith("^") ? input.substring(1) : input;
    int colon = name.indexOf(':');
    return colon < 0 ? name : name.substring(0, colon);
  }
}
