package io.github.tfbit.export;

import com.google.protobuf.CodedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Graph;
import org.tensorflow.TensorFlow;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.SavedModel;
import org.tensorflow.proto.SignatureDef;
import org.tensorflow.proto.TensorInfo;

/** The file {@code saved_model.pb}: graph, signatures, and how to restore the variables. */
final class SavedModelProto {
  /** The only schema there is (tensorflow/cc/saved_model/constants.h). */
  private static final long SCHEMA_VERSION = 1;

  /** The tag that TensorFlow Serving loads by default. */
  private static final String TAG = "serve";

  private SavedModelProto() {}

  /**
   * Makes the model of a graph with {@link SaverOps}.
   *
   * @param graph left as it is; what no signature needs is not taken over
   * @param signatures the ways to call it
   * @return the whole model but for its variables
   */
  static SavedModel of(Graph graph, List<ExportSignature> signatures) {
    MetaGraphDef.Builder meta = MetaGraphDef.newBuilder();
    meta.getMetaInfoDefBuilder()
        .addTags(TAG)
        .setTensorflowVersion(TensorFlow.version())
        .setStrippedDefaultAttrs(true);
    List<String> roots = new ArrayList<>(List.of(SaverOps.SAVE, SaverOps.RESTORE));
    for (ExportSignature signature : signatures) {
      SignatureDef proto = signature.toProto();
      proto.getInputsMap().values().forEach(t -> roots.add(node(t)));
      proto.getOutputsMap().values().forEach(t -> roots.add(node(t)));
      meta.putSignatureDef(signature.key(), proto);
    }
    GraphDef plain = PlainPooling.of(graph.toGraphDef());
    GraphDef kept = VariableNames.shared(GraphPruning.keep(plain, roots));
    meta.setGraphDef(kept).setSaverDef(SaverOps.toProto());
    return SavedModel.newBuilder()
        .setSavedModelSchemaVersion(SCHEMA_VERSION)
        .addMetaGraphs(meta)
        .build();
  }

  /** Writes equal models as equal bytes. */
  static void write(SavedModel model, Path file) throws IOException {
    try (OutputStream out = Files.newOutputStream(file)) {
      CodedOutputStream coded = CodedOutputStream.newInstance(out);
      coded.useDeterministicSerialization();
      model.writeTo(coded);
      coded.flush();
    }
  }

  private static String node(TensorInfo tensor) {
    return tensor.getName().substring(0, tensor.getName().indexOf(':'));
  }
}
