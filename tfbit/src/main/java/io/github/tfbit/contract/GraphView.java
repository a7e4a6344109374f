package io.github.tfbit.contract;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.FunctionDef;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.NodeDef;

/** A graph by the names of its nodes, and what needs what. */
final class GraphView {
  private final Map<String, NodeDef> nodes = new HashMap<>();
  private final Map<String, FunctionDef> functions = new HashMap<>();
  private final List<NodeDef> everywhere = new ArrayList<>();
  private final List<String> faults = new ArrayList<>();

  GraphView(GraphDef graph) {
    everywhere.addAll(graph.getNodeList());
    for (NodeDef node : graph.getNodeList()) {
      if (nodes.put(node.getName(), node) != null) {
        faults.add("two nodes are called " + node.getName());
      }
    }
    for (FunctionDef function : graph.getLibrary().getFunctionList()) {
      functions.put(function.getSignature().getName(), function);
      everywhere.addAll(function.getNodeDefList());
    }
    for (NodeDef node : graph.getNodeList()) {
      for (String input : node.getInputList()) {
        if (!nodes.containsKey(producer(input))) {
          faults.add(node.getName() + " reads " + input + ", which is not there");
        }
      }
    }
  }

  /** What keeps the graph from being one. */
  List<String> faults() {
    return faults;
  }

  Optional<NodeDef> find(String name) {
    return Optional.ofNullable(nodes.get(name));
  }

  Collection<NodeDef> nodes() {
    return nodes.values();
  }

  boolean isFunction(String op) {
    return functions.containsKey(op);
  }

  /** Nodes of the graph and of all functions. */
  List<NodeDef> everywhere() {
    return everywhere;
  }

  /** What is run for the given nodes, bodies of called functions included. */
  Set<NodeDef> needed(Collection<String> roots) {
    Set<NodeDef> needed = new LinkedHashSet<>();
    Set<String> seen = new HashSet<>();
    Set<String> called = new HashSet<>();
    Deque<String> open = new ArrayDeque<>(roots);
    Deque<String> calls = new ArrayDeque<>();
    while (!open.isEmpty()) {
      String name = open.pop();
      NodeDef node = nodes.get(name);
      if (seen.add(name) && node != null) {
        needed.add(node);
        node.getInputList().forEach(input -> open.push(producer(input)));
        calls.addAll(calledBy(node));
      }
    }
    while (!calls.isEmpty()) {
      String name = calls.pop();
      FunctionDef function = functions.get(name);
      if (called.add(name) && function != null) {
        needed.addAll(function.getNodeDefList());
        function.getNodeDefList().forEach(n -> calls.addAll(calledBy(n)));
      }
    }
    return needed;
  }

  private List<String> calledBy(NodeDef node) {
    List<String> called = new ArrayList<>();
    called.add(node.getOp());
    for (AttrValue attribute : node.getAttrMap().values()) {
      if (attribute.hasFunc()) {
        called.add(attribute.getFunc().getName());
      }
      attribute.getList().getFuncList().forEach(f -> called.add(f.getName()));
    }
    called.removeIf(name -> !functions.containsKey(name));
    return called;
  }

  /** {@code ^name} is a control input, {@code name:1} the second output. */
  static String producer(String input) {
    String name = input.startsWith("^") ? input.substring(1) : input;
    int colon = name.indexOf(':');
    return colon < 0 ? name : name.substring(0, colon);
  }
}
