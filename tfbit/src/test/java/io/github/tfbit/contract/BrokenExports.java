package io.github.tfbit.contract;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import io.github.tfbit.data.TfRecordReader;
import io.github.tfbit.data.TfRecordWriter;
import io.github.tfbit.export.ServerFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.tensorflow.proto.AssetFileDef;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.SavedModel;
import org.tensorflow.proto.SignatureDef;
import org.tensorflow.proto.TensorInfo;
import org.tensorflow.proto.TensorProto;
import org.tensorflow.proto.TensorShapeProto;

/** Exports of the tiny network, each broken in one way. */
final class BrokenExports {
  private static final String DEFAULT = "serving_default";

  private BrokenExports() {}

  /** What is broken, and the one rule that has to notice. */
  record Fault(Rule rule, String words, Breaker breaker) {
    @Override
    public String toString() {
      return rule.id() + ", " + words;
    }
  }

  /** Breaks a copy. */
  @FunctionalInterface
  interface Breaker {
    void accept(Path export) throws IOException;
  }

  private static Fault model(Rule rule, String words, Consumer<SavedModel.Builder> edit) {
    return new Fault(
        rule,
        words,
        export -> {
          Path file = export.resolve("saved_model.pb");
          SavedModel.Builder model = SavedModel.parseFrom(Files.readAllBytes(file)).toBuilder();
          edit.accept(model);
          Files.write(file, model.build().toByteArray());
        });
  }

  private static Fault meta(Rule rule, String words, Consumer<MetaGraphDef.Builder> edit) {
    return model(rule, words, m -> edit.accept(m.getMetaGraphsBuilder(0)));
  }

  private static Fault graph(Rule rule, String words, Consumer<GraphDef.Builder> edit) {
    return meta(rule, words, m -> edit.accept(m.getGraphDefBuilder()));
  }

  private static Fault signature(
      Rule rule, String words, String key, Consumer<SignatureDef.Builder> edit) {
    return meta(
        rule,
        words,
        m -> {
          SignatureDef.Builder signature = m.getSignatureDefOrThrow(key).toBuilder();
          edit.accept(signature);
          m.putSignatureDef(key, signature.build());
        });
  }

  private static Fault output(
      Rule rule, String words, String alias, Consumer<TensorInfo.Builder> edit) {
    return signature(
        rule,
        words,
        DEFAULT,
        s -> {
          TensorInfo.Builder tensor = s.getOutputsOrThrow(alias).toBuilder();
          edit.accept(tensor);
          s.putOutputs(alias, tensor.build());
        });
  }

  private static Fault file(Rule rule, String words, String name, String text) {
    return new Fault(rule, words, export -> Files.writeString(export.resolve(name), text));
  }

  private static Fault without(Rule rule, String words, String name) {
    return new Fault(rule, words, export -> Files.delete(export.resolve(name)));
  }

  /** A fault that needs more than one edit. */
  private static Fault both(Fault fault, Fault edit) {
    return new Fault(
        fault.rule(),
        fault.words(),
        export -> {
          fault.breaker().accept(export);
          edit.breaker().accept(export);
        });
  }

  private static NodeDef.Builder node(GraphDef.Builder graph, String op) {
    return graph.getNodeBuilderList().stream()
        .filter(n -> n.getOp().equals(op))
        .findFirst()
        .orElseThrow();
  }

  private static AttrValue type(DataType type) {
    return AttrValue.newBuilder().setType(type).build();
  }

  private static NodeDef.Builder add(GraphDef.Builder graph, String name, String op) {
    return graph.addNodeBuilder().setName(name).setOp(op);
  }

  /** Puts an operation between the probabilities and what is answered. */
  private static void insert(GraphDef.Builder graph, String op) {
    NodeDef.Builder last = node(graph, "TopKV2");
    NodeDef.Builder added = add(graph, "added", op).addInput(last.getInput(0));
    added.putAttr("T", type(DataType.DT_FLOAT));
    if (op.equals("ReluGrad")) {
      added.addInput(last.getInput(0));
    }
    last.setInput(0, "added");
  }

  /** One or more for every rule. */
  static Stream<Fault> all() {
    return Stream.of(names(), graphs(), variables(), signatures(), beside(), warmups(), answers())
        .flatMap(s -> s);
  }

  private static Stream<Fault> names() {
    return Stream.of(
        new Fault(
            Rule.VERSION_DIRECTORY,
            "a name with a letter",
            export -> Files.move(export, export.resolveSibling("v1"))),
        without(Rule.MODEL_FILE, "none", "saved_model.pb"),
        file(Rule.MODEL_FILE, "text", "saved_model.pb", "{\"not\": \"a protocol buffer\"}"),
        model(Rule.SCHEMA_VERSION, "0", m -> m.setSavedModelSchemaVersion(0)),
        meta(
            Rule.SERVE_TAG,
            "train beside it",
            m -> m.getMetaInfoDefBuilder().clearTags().addTags("serve").addTags("train")),
        meta(
            Rule.TENSORFLOW_VERSION,
            "none",
            m -> m.getMetaInfoDefBuilder().clearTensorflowVersion()),
        meta(
            Rule.ASSETS_INSIDE,
            "a file elsewhere",
            m -> m.addAssetFileDef(AssetFileDef.newBuilder().setFilename("../../secret.txt"))));
  }

  private static Stream<Fault> graphs() {
    return Stream.of(
        graph(
            Rule.GRAPH_WHOLE,
            "an input that is not there",
            g -> node(g, "TopKV2").setInput(0, "nowhere")),
        graph(
            Rule.KNOWN_OPS, "an operation of somebody's own", g -> add(g, "own", "SomebodysOwnOp")),
        graph(Rule.NO_DEVICES, "a CPU", g -> node(g, "TopKV2").setDevice("/device:CPU:0")),
        graph(
            Rule.NO_DEVICES,
            "a CPU inside a function",
            g ->
                g.getLibraryBuilder()
                    .getFunctionBuilder(0)
                    .getNodeDefBuilder(0)
                    .setDevice("/device:CPU:0")),
        graph(
            Rule.DEFAULTS_STRIPPED,
            "a default that is said",
            g -> node(g, "TopKV2").putAttr("sorted", AttrValue.newBuilder().setB(true).build())),
        graph(Rule.NO_TRAINING_OPS, "a gradient", g -> insert(g, "ReluGrad")),
        graph(Rule.NO_LEFTOVERS, "a node called Init", g -> add(g, "Init", "NoOp")),
        graph(
            Rule.NO_LEFTOVERS,
            "an assignment that nothing runs",
            g -> {
              NodeDef assign = node(g, "AssignVariableOp").build();
              g.addNode(assign.toBuilder().setName("leftover"));
            }),
        graph(
            Rule.NO_FILE_OPS,
            "a file that is read",
            g -> {
              NodeDef.Builder gather = node(g, "MapDefun");
              add(g, "read", "ReadFile").addInput("save/filename");
              gather.addInput("^read");
            }),
        meta(
            Rule.NO_MACHINE_PATHS,
            "the home of somebody",
            m -> m.getMetaInfoDefBuilder().setMetaGraphVersion("/home/ada/models/photos")));
  }

  private static Stream<Fault> variables() {
    return Stream.of(
        without(Rule.VARIABLES_WHOLE, "no index", "variables/variables.index"),
        new Fault(
            Rule.VARIABLES_WHOLE,
            "half of the data",
            export -> {
              Path data = export.resolve("variables/variables.data-00000-of-00001");
              byte[] bytes = Files.readAllBytes(data);
              Files.write(data, Arrays.copyOf(bytes, bytes.length / 2));
            }),
        graph(
            Rule.VARIABLES_RESTORED,
            "one that is not filled",
            g -> {
              NodeDef.Builder all =
                  g.getNodeBuilderList().stream()
                      .filter(n -> n.getName().equals("save/restore_all"))
                      .findFirst()
                      .orElseThrow();
              List<String> inputs = new ArrayList<>(all.getInputList());
              String dropped = GraphView.producer(inputs.remove(0));
              all.clearInput().addAllInput(inputs);
              for (int i = 0; i < g.getNodeCount(); i++) {
                if (g.getNode(i).getName().equals(dropped)) {
                  g.removeNode(i);
                }
              }
            }),
        graph(
            Rule.VARIABLES_RESTORED,
            "a key that is not on disk",
            g -> {
              String keys = node(g, "RestoreV2").getInput(1);
              NodeDef.Builder constant =
                  g.getNodeBuilderList().stream()
                      .filter(n -> n.getName().equals(keys))
                      .findFirst()
                      .orElseThrow();
              AttrValue value = constant.getAttrOrThrow("value");
              String packed =
                  value.getTensor().getTensorContent().toString(StandardCharsets.ISO_8859_1);
              ByteString other =
                  ByteString.copyFrom(
                      packed.replaceFirst("block1", "block9"), StandardCharsets.ISO_8859_1);
              constant.putAttr(
                  "value",
                  value.toBuilder()
                      .setTensor(value.getTensor().toBuilder().setTensorContent(other))
                      .build());
            }));
  }

  private static Stream<Fault> signatures() {
    return Stream.of(
        both(
            meta(
                Rule.SERVING_DEFAULT,
                "none",
                m -> {
                  SignatureDef signature = m.getSignatureDefOrThrow(DEFAULT);
                  m.removeSignatureDef(DEFAULT).putSignatureDef("predict", signature);
                }),
            without(Rule.WARMUP_FILE, "none", ServerFiles.WARMUP)),
        output(Rule.SIGNATURE_TENSORS, "no such node", "scores", t -> t.setName("gone:0")),
        output(
            Rule.SIGNATURE_TENSORS, "no such output", "scores", t -> t.setName("save/filename:7")),
        output(Rule.SIGNATURE_TENSORS, "another type", "scores", t -> t.setDtype(DataType.DT_HALF)),
        output(
            Rule.BATCH_FIRST,
            "one row",
            "scores",
            t -> t.getTensorShapeBuilder().getDimBuilder(0).setSize(1)),
        signature(Rule.METHOD_NAMES, "none", DEFAULT, SignatureDef.Builder::clearMethodName),
        signature(
            Rule.REST_ALIASES,
            "text called bytes",
            DEFAULT,
            s -> {
              TensorInfo classes = s.getOutputsOrThrow("classes");
              s.removeOutputs("classes").putOutputs("classes_bytes", classes);
            }),
        signature(
            Rule.REST_ALIASES,
            "pictures called text",
            "features",
            s -> {
              TensorInfo bytes = s.getInputsOrThrow("image_bytes");
              s.removeInputs("image_bytes").putInputs("picture", bytes);
            }),
        signature(
            Rule.CLASSIFY_FORM,
            "another input",
            "classify",
            s -> {
              TensorInfo inputs = s.getInputsOrThrow("inputs");
              s.removeInputs("inputs").putInputs("examples", inputs);
            }),
        signature(
            Rule.CLASSIFY_FORM,
            "a third output",
            "classify",
            s -> s.putOutputs("more", s.getOutputsOrThrow("scores"))));
  }

  private static Stream<Fault> beside() {
    return Stream.of(
        file(Rule.LABELS_COMPLETE, "one too few", "assets.extra/labels.txt", "ant\nbee\ncat\n"),
        file(Rule.BATCHING_FILE, "no such text", ServerFiles.BATCHING, "max_batch_size {"),
        file(
            Rule.BATCHING_FILE,
            "another maximum",
            ServerFiles.BATCHING,
            "max_batch_size { value: 64 }\nallowed_batch_sizes: [1, 2, 4, 8, 16, 32]\n"),
        file(
            Rule.WARMUP_SIZES,
            "one more size",
            ServerFiles.BATCHING,
            "max_batch_size { value: 64 }\nallowed_batch_sizes: [1, 2, 4, 8, 16, 32, 64]\n"));
  }

  private static Fault records(Rule rule, String words, Consumer<List<byte[]>> edit) {
    return new Fault(
        rule,
        words,
        export -> {
          Path file = export.resolve(ServerFiles.WARMUP);
          TfRecordReader reader = TfRecordReader.open(file);
          List<byte[]> records = new ArrayList<>();
          for (int i = 0; i < reader.size(); i++) {
            ByteBuffer record = reader.record(i);
            byte[] bytes = new byte[record.remaining()];
            record.get(bytes);
            records.add(bytes);
          }
          edit.accept(records);
          Files.delete(file);
          try (TfRecordWriter writer = TfRecordWriter.create(file)) {
            for (byte[] record : records) {
              writer.write(record);
            }
          }
        });
  }

  private static byte[] replaced(byte[] record, String from, String to) {
    String text = new String(record, StandardCharsets.ISO_8859_1);
    assertTrue(text.contains(from) && from.length() == to.length());
    return text.replace(from, to).getBytes(StandardCharsets.ISO_8859_1);
  }

  private static Stream<Fault> warmups() {
    return Stream.of(
        new Fault(
            Rule.WARMUP_FILE,
            "a byte that flipped",
            export -> {
              Path file = export.resolve(ServerFiles.WARMUP);
              byte[] bytes = Files.readAllBytes(file);
              bytes[bytes.length / 2] ^= 1;
              Files.write(file, bytes);
            }),
        records(
            Rule.WARMUP_FILE,
            "too many",
            all -> {
              while (all.size() <= 1000) {
                all.add(all.get(0));
              }
            }),
        records(
            Rule.WARMUP_REQUESTS,
            "another alias",
            all -> all.set(0, replaced(all.get(0), "image_bytes", "image_texts"))),
        records(
            Rule.WARMUP_REQUESTS,
            "no such signature",
            all -> all.set(0, replaced(all.get(0), "serving_default", "serving_unknown"))),
        records(
            Rule.WARMUP_ANSWERS,
            "no pictures",
            all -> all.set(0, replaced(all.get(0), "\u00ff\u00d8\u00ff", "..."))));
  }

  private static Stream<Fault> answers() {
    return Stream.of(
        signature(
            Rule.SIGNATURE_SHAPES,
            "one class less",
            "images",
            s -> {
              TensorInfo.Builder scores = s.getOutputsOrThrow("scores").toBuilder();
              scores.getTensorShapeBuilder().getDimBuilder(1).setSize(3);
              s.putOutputs("scores", scores.build());
            }),
        graph(
            Rule.LOADS,
            "an attribute that is missing",
            g -> node(g, "Conv2D").removeAttr("strides")),
        graph(
            Rule.ROWS_ALONE,
            "a sum over the batch",
            g -> {
              NodeDef.Builder last = node(g, "TopKV2");
              TensorProto zero =
                  TensorProto.newBuilder()
                      .setDtype(DataType.DT_INT32)
                      .setTensorShape(TensorShapeProto.getDefaultInstance())
                      .addIntVal(0)
                      .build();
              add(g, "axis", "Const")
                  .putAttr("dtype", type(DataType.DT_INT32))
                  .putAttr("value", AttrValue.newBuilder().setTensor(zero).build());
              add(g, "sum", "Cumsum")
                  .addInput(last.getInput(0))
                  .addInput("axis")
                  .putAttr("T", type(DataType.DT_FLOAT));
              last.setInput(0, "sum");
            }));
  }
}
