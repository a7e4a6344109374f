package io.github.tfbit.checkpoints.savedmodel;

import io.github.tfbit.checkpoints.protos.ProtoReader;
import io.github.tfbit.checkpoints.protos.TensorProtos;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads {@code tensorflow/core/protobuf/saved_model.proto}, SavedModel. */
final class SavedModelProto {
  private static final int MAX_GRAPHS = 64;

  /** Characters of all names together that are kept. */
  private static final int MAX_NAMES = 4 << 20;

  private final GraphFile file;
  private long schemaVersion;
  private int names;

  SavedModelProto(GraphFile file) {
    this.file = file;
  }

  long schemaVersion() {
    return schemaVersion;
  }

  List<MetaGraph> read() throws IOException {
    List<GraphFile.Part> parts = file.read(file.whole(), this::parts);
    List<MetaGraph> graphs = new ArrayList<>();
    for (GraphFile.Part part : parts) {
      graphs.add(file.read(part, r -> graph(r, part)));
    }
    return graphs;
  }

  private List<GraphFile.Part> parts(ProtoReader r) throws IOException {
    List<GraphFile.Part> parts = new ArrayList<>();
    while (r.next()) {
      switch (r.field()) {
        // int64 saved_model_schema_version = 1: "The schema version of the SavedModel instance."
        case 1 -> schemaVersion = r.varint();
        // repeated MetaGraphDef meta_graphs = 2: "One or more MetaGraphs."
        case 2 -> parts.add(file.whole().part(r.range()));
        default -> r.skip();
      }
      if (parts.size() > MAX_GRAPHS) {
        throw r.violation("at most " + MAX_GRAPHS + " graphs", "more");
      }
    }
    if (parts.isEmpty()) {
      throw r.violation("at least one graph", "none");
    }
    return parts;
  }

  /** {@code meta_graph.proto}, MetaGraphDef. */
  private MetaGraph graph(ProtoReader r, GraphFile.Part part) throws IOException {
    List<String> tags = new ArrayList<>();
    Map<String, Signature> signatures = new LinkedHashMap<>();
    List<String> collections = new ArrayList<>();
    List<String> assets = new ArrayList<>();
    GraphFile.Part graph = GraphFile.Part.NONE;
    while (r.next()) {
      switch (r.field()) {
        // MetaInfoDef meta_info_def = 1: repeated string tags = 4
        case 1 -> strings(r, 4, tags);
        // GraphDef graph_def = 2: "GraphDef."
        case 2 -> graph = part.part(r.range());
        // map<string, CollectionDef> collection_def = 4
        case 4 -> strings(r, 1, collections);
        // map<string, SignatureDef> signature_def = 5
        case 5 -> signature(r, signatures);
        // repeated AssetFileDef asset_file_def = 6: string filename = 2
        case 6 -> strings(r, 2, assets);
        default -> r.skip();
      }
    }
    Optional<String> picture = picture(signatures);
    InputScaling scaling =
        picture.isPresent() ? InputTracer.trace(file, graph, picture.get()) : InputScaling.UNKNOWN;
    return new MetaGraph(tags, signatures, collections, assets, scaling);
  }

  /** The tensor that takes pictures: the only float input of a signature that has one input. */
  private static Optional<String> picture(Map<String, Signature> signatures) {
    for (String name : List.of("serving_default", "default")) {
      if (signatures.containsKey(name)) {
        return picture(signatures.get(name));
      }
    }
    return signatures.values().stream().flatMap(s -> picture(s).stream()).findFirst();
  }

  private static Optional<String> picture(Signature signature) {
    return signature.inputs().size() == 1
        ? signature.inputs().values().stream()
            .filter(i -> i.dtype().equals("DT_FLOAT"))
            .map(TensorSpec::tensor)
            .findFirst()
        : Optional.empty();
  }

  private String kept(ProtoReader r) throws IOException {
    String name = r.string();
    names += name.length() + Long.BYTES;
    if (names > MAX_NAMES) {
      throw r.violation("names of at most " + MAX_NAMES + " characters together", "more");
    }
    return name;
  }

  /** One string field of a message, as often as it comes. */
  private void strings(ProtoReader r, int field, List<String> to) throws IOException {
    int outer = r.enter();
    while (r.next()) {
      if (r.field() == field) {
        to.add(kept(r));
      } else {
        r.skip();
      }
    }
    r.leave(outer);
  }

  private void signature(ProtoReader r, Map<String, Signature> to) throws IOException {
    String name = "";
    Map<String, TensorSpec> inputs = new LinkedHashMap<>();
    Map<String, TensorSpec> outputs = new LinkedHashMap<>();
    int outer = r.enter();
    while (r.next()) {
      switch (r.field()) {
        case 1 -> name = kept(r); // the map's key
        case 2 -> { // its value, a SignatureDef
          int value = r.enter();
          while (r.next()) {
            switch (r.field()) {
              // map<string, TensorInfo> inputs = 1: "Named input parameters."
              case 1 -> tensor(r, inputs);
              // map<string, TensorInfo> outputs = 2: "Named output parameters."
              case 2 -> tensor(r, outputs);
              default -> r.skip();
            }
          }
          r.leave(value);
        }
        default -> r.skip();
      }
    }
    r.leave(outer);
    to.put(name, new Signature(inputs, outputs));
  }

  private void tensor(ProtoReader r, Map<String, TensorSpec> to) throws IOException {
    String name = "";
    TensorSpec tensor = new TensorSpec("", TensorProtos.name(0), Optional.empty());
    int outer = r.enter();
    while (r.next()) {
      switch (r.field()) {
        case 1 -> name = kept(r); // the map's key
        case 2 -> tensor = info(r); // its value
        default -> r.skip();
      }
    }
    r.leave(outer);
    to.put(name, tensor);
  }

  /** {@code meta_graph.proto}, TensorInfo. */
  private TensorSpec info(ProtoReader r) throws IOException {
    String name = "";
    long type = 0;
    Optional<List<Long>> shape = Optional.empty();
    int outer = r.enter();
    while (r.next()) {
      switch (r.field()) {
        // string name = 1: "For dense `Tensor`s, the name of the tensor in the graph."
        case 1 -> name = kept(r);
        // DataType dtype = 2; TensorShapeProto tensor_shape = 3
        case 2 -> type = r.varint();
        case 3 -> shape = TensorProtos.shape(r);
        default -> r.skip();
      }
    }
    r.leave(outer);
    return new TensorSpec(name, TensorProtos.name(type), shape);
  }
}
