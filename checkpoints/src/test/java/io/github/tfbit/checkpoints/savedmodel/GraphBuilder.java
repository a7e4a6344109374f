package io.github.tfbit.checkpoints.savedmodel;

import io.github.tfbit.checkpoints.protos.ProtoWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Builds {@code saved_model.pb} with a graph of a few nodes and one signature. */
final class GraphBuilder {
  private final ProtoWriter graph = new ProtoWriter();
  private final ProtoWriter library = new ProtoWriter();

  /** A node without attributes. */
  static ProtoWriter node(String name, String op, String... inputs) {
    ProtoWriter node = new ProtoWriter().string(1, name).string(2, op);
    List.of(inputs).forEach(i -> node.string(3, i));
    return node;
  }

  /** A constant of one float. */
  static ProtoWriter constant(String name, float value) {
    ProtoWriter tensor = new ProtoWriter().varint(1, 1).message(2, new ProtoWriter());
    tensor.fixed32(5, Float.floatToRawIntBits(value));
    ProtoWriter attribute = new ProtoWriter().string(1, "value");
    attribute.message(2, new ProtoWriter().message(8, tensor));
    return node(name, "Const").message(5, attribute);
  }

  /** A call of a function. */
  static ProtoWriter call(String name, String function, String... inputs) {
    ProtoWriter f = new ProtoWriter().string(1, "f");
    f.message(2, new ProtoWriter().message(10, new ProtoWriter().string(1, function)));
    return node(name, "StatefulPartitionedCall", inputs).message(5, f);
  }

  GraphBuilder add(ProtoWriter... nodes) {
    List.of(nodes).forEach(n -> graph.message(1, n));
    return this;
  }

  GraphBuilder function(String name, List<String> arguments, ProtoWriter... nodes) {
    ProtoWriter signature = new ProtoWriter().string(1, name);
    arguments.forEach(a -> signature.message(2, new ProtoWriter().string(1, a)));
    ProtoWriter function = new ProtoWriter().message(1, signature);
    List.of(nodes).forEach(n -> function.message(3, n));
    library.message(1, function);
    return this;
  }

  /** The whole message; the signature's input is the tensor {@code x:0}. */
  ProtoWriter build() {
    graph.message(2, library);
    ProtoWriter info = new ProtoWriter().string(1, "x:0").varint(2, 1);
    ProtoWriter inputs = new ProtoWriter().string(1, "images").message(2, info);
    ProtoWriter signature = new ProtoWriter().string(1, "default");
    signature.message(2, new ProtoWriter().message(1, inputs));
    ProtoWriter metaGraph = new ProtoWriter().message(2, graph).message(5, signature);
    return new ProtoWriter().varint(1, 1).message(2, metaGraph);
  }

  /** Writes it into a directory and reads what is done with the input. */
  InputScaling scaling(Path dir) throws IOException {
    add(node("x", "Placeholder"));
    Files.write(dir.resolve("saved_model.pb"), build().toByteArray());
    return SavedModel.open(dir).serving().inputScaling();
  }
}
