package io.github.tfbit.checkpoints.savedmodel;

import io.github.tfbit.checkpoints.protos.ProtoReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Predicate;

/** Nodes of a graph or function, looked up in passes over the file. */
final class Nodes {
  /** Nodes that one look-up may find: a picture has few consumers. */
  private static final int MAX_FOUND = 64;

  private static final int MAX_INPUTS = 1 << 16;
  private static final int MAX_NAME = 1 << 10;

  /** {@code DT_FLOAT} in types.proto. */
  private static final int FLOAT = 1;

  /**
   * An operation: {@code tensorflow/core/framework/node_def.proto}, NodeDef.
   *
   * @param name unique in its graph or function
   * @param op name of the operation, or of the function that it calls
   * @param inputs names of tensors; control inputs begin with {@code ^}
   * @param function what its attribute {@code f} names; empty without one
   * @param value what its attribute {@code value} holds if that is one float
   */
  record Node(String name, String op, List<String> inputs, String function, OptionalDouble value) {}

  /**
   * A function: its nodes and its arguments' names.
   *
   * @param nodes field that holds nodes, 1 of a GraphDef, 3 of a FunctionDef
   */
  record Scope(GraphFile.Part part, int nodes, List<String> arguments) {}

  private final GraphFile file;

  Nodes(GraphFile file) {
    this.file = file;
  }

  /** All nodes of a scope that a condition holds for. */
  List<Node> find(Scope scope, Predicate<Node> wanted) throws IOException {
    return file.read(
        scope.part(),
        r -> {
          List<Node> found = new ArrayList<>();
          while (r.next()) {
            if (r.field() == scope.nodes()) {
              Node node = node(r);
              if (wanted.test(node) && found.size() < MAX_FOUND) {
                found.add(node);
              }
            } else {
              r.skip();
            }
          }
          return found;
        });
  }

  /** A function of the graph's library by its name. */
  Optional<Scope> function(GraphFile.Part graph, String name) throws IOException {
    // graph.proto, GraphDef: FunctionDefLibrary library = 2
    for (GraphFile.Part library : parts(graph, 2)) {
      // function.proto, FunctionDefLibrary: repeated FunctionDef function = 1
      Optional<Scope> found =
          file.read(
              library,
              r -> {
                while (r.next()) {
                  if (r.field() != 1) {
                    r.skip();
                    continue;
                  }
                  GraphFile.Part part = library.part(r.range());
                  Optional<Scope> scope = named(part, name);
                  if (scope.isPresent()) {
                    return scope;
                  }
                }
                return Optional.empty();
              });
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  private List<GraphFile.Part> parts(GraphFile.Part of, int field) throws IOException {
    return file.read(
        of,
        r -> {
          List<GraphFile.Part> parts = new ArrayList<>();
          while (r.next()) {
            if (r.field() == field && parts.size() < MAX_FOUND) {
              parts.add(of.part(r.range()));
            } else {
              r.skip();
            }
          }
          return parts;
        });
  }

  /** The function in a part of the file, if it has that name. */
  private Optional<Scope> named(GraphFile.Part part, String name) throws IOException {
    return file.read(
        part,
        r -> {
          while (r.next()) {
            // FunctionDef: OpDef signature = 1: "The definition of the function's name, arguments,
            // return values, attrs etc."; repeated NodeDef node_def = 3
            if (r.field() == 1) {
              List<String> arguments = new ArrayList<>();
              boolean same = signature(r, arguments).equals(name);
              return same ? Optional.of(new Scope(part, 3, arguments)) : Optional.empty();
            }
            r.skip();
          }
          return Optional.empty();
        });
  }

  /** {@code op_def.proto}, OpDef: the name, and the arguments' names into a list. */
  private static String signature(ProtoReader r, List<String> arguments) throws IOException {
    String name = "";
    int outer = r.enter();
    while (r.next()) {
      switch (r.field()) {
        // string name = 1
        case 1 -> name = r.string();
        // repeated ArgDef input_arg = 2: "Description of the input(s)."
        case 2 -> add(arguments, argument(r), r);
        default -> r.skip();
      }
    }
    r.leave(outer);
    return name;
  }

  private static void add(List<String> to, String name, ProtoReader r) throws IOException {
    if (to.size() == MAX_INPUTS || name.length() > MAX_NAME) {
      throw r.violation(
          "at most " + MAX_INPUTS + " inputs, names of at most " + MAX_NAME + " characters",
          "more");
    }
    to.add(name);
  }

  private static String argument(ProtoReader r) throws IOException {
    String name = "";
    int outer = r.enter();
    while (r.next()) {
      switch (r.field()) {
        // ArgDef: string name = 1: "Name for the input/output."
        case 1 -> name = r.string();
        default -> r.skip();
      }
    }
    r.leave(outer);
    return name;
  }

  private static Node node(ProtoReader r) throws IOException {
    String name = "";
    String op = "";
    List<String> inputs = new ArrayList<>();
    Attribute attributes = new Attribute();
    int outer = r.enter();
    while (r.next()) {
      switch (r.field()) {
        // NodeDef: string name = 1; string op = 2; repeated string input = 3
        case 1 -> name = r.string();
        case 2 -> op = r.string();
        case 3 -> add(inputs, r.string(), r);
        // map<string, AttrValue> attr = 5
        case 5 -> attributes.read(r);
        default -> r.skip();
      }
    }
    r.leave(outer);
    return new Node(name, op, inputs, attributes.function, attributes.value);
  }

  /** The two attributes that matter. */
  private static final class Attribute {
    private String function = "";
    private OptionalDouble value = OptionalDouble.empty();

    /** One entry of the map; TensorFlow writes the key first. */
    void read(ProtoReader r) throws IOException {
      String key = "";
      int outer = r.enter();
      while (r.next()) {
        if (r.field() == 1) {
          key = r.string();
        } else if (r.field() == 2 && (key.equals("f") || key.equals("value"))) {
          value(r);
        } else {
          r.skip();
        }
      }
      r.leave(outer);
    }

    /** {@code attr_value.proto}, AttrValue. */
    private void value(ProtoReader r) throws IOException {
      int outer = r.enter();
      while (r.next()) {
        switch (r.field()) {
          // TensorProto tensor = 8
          case 8 -> value = scalar(r);
          // NameAttrList func = 10: string name = 1
          case 10 -> function = argument(r);
          default -> r.skip();
        }
      }
      r.leave(outer);
    }
  }

  /** {@code tensor.proto}, TensorProto: its value if it is one float. */
  private static OptionalDouble scalar(ProtoReader r) throws IOException {
    long type = 0;
    OptionalDouble value = OptionalDouble.empty();
    int outer = r.enter();
    while (r.next()) {
      switch (r.field()) {
        // DataType dtype = 1
        case 1 -> type = r.varint();
        // bytes tensor_content = 4: "Serialized raw tensor content from either
        // Tensor::AsProtoTensor
        // or memcpy in tensorflow::grpc::EncodeTensorToByteBuffer."
        case 4 -> value = oneFloat(r);
        // repeated float float_val = 5 [packed = true]
        case 5 ->
            value =
                r.hasLength() ? oneFloat(r) : OptionalDouble.of(Float.intBitsToFloat(r.fixed32()));
        default -> r.skip();
      }
    }
    r.leave(outer);
    return type == FLOAT ? value : OptionalDouble.empty();
  }

  private static OptionalDouble oneFloat(ProtoReader r) throws IOException {
    Optional<ByteBuffer> bytes = r.bytes(Float.BYTES);
    return bytes.isPresent() ? OptionalDouble.of(bytes.get().getFloat()) : OptionalDouble.empty();
  }
}
