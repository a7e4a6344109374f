package io.github.tfbit.contract;

import com.google.protobuf.ByteString;
import io.github.tfbit.graph.OpRegistry;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.tensorflow.proto.CollectionDef;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.SignatureDef;
import org.tensorflow.proto.TensorInfo;

/**
 * A SavedModel whose file could be read.
 *
 * @param directory the version's
 * @param bytes of {@code saved_model.pb}
 * @param meta the graph that is served
 * @param graph the same by names
 * @param ops what there is to be used
 */
record Subject(
    Path directory, ByteString bytes, MetaGraphDef meta, GraphView graph, OpRegistry ops) {
  /** What Python's TensorFlow keeps among the signatures and nobody calls. */
  private static final String INTERNAL = "__saved_model";

  private static final List<String> INITIALIZERS = List.of("saved_model_main_op", "legacy_init_op");

  /** Signatures that clients call, sorted. */
  Map<String, SignatureDef> signatures() {
    Map<String, SignatureDef> called = new TreeMap<>(meta.getSignatureDefMap());
    called.keySet().removeIf(key -> key.startsWith(INTERNAL));
    return called;
  }

  /** All tensors of a signature by what they are in it. */
  static Map<String, TensorInfo> tensors(SignatureDef signature) {
    Map<String, TensorInfo> all = new TreeMap<>();
    signature.getInputsMap().forEach((alias, t) -> all.put("input " + alias, t));
    signature.getOutputsMap().forEach((alias, t) -> all.put("output " + alias, t));
    return all;
  }

  /** What an answer runs. */
  Set<NodeDef> answering() {
    Set<String> roots = new TreeSet<>();
    signatures().values().forEach(s -> roots.addAll(producers(s.getOutputsMap().values())));
    return graph.needed(roots);
  }

  /** What one signature's answer runs. */
  Set<NodeDef> answering(SignatureDef signature) {
    return graph.needed(producers(signature.getOutputsMap().values()));
  }

  private static Set<String> producers(Collection<TensorInfo> tensors) {
    Set<String> names = new TreeSet<>();
    tensors.forEach(t -> names.add(GraphView.producer(t.getName())));
    return names;
  }

  /** What loading runs: restoring, then the initializer if there is one. */
  Set<NodeDef> loading() {
    List<String> roots = new ArrayList<>();
    roots.add(restoreOp());
    for (String key : INITIALIZERS) {
      CollectionDef names = meta.getCollectionDefMap().get(key);
      if (names != null) {
        names.getNodeList().getValueList().forEach(n -> roots.add(GraphView.producer(n)));
      }
    }
    meta.getSignatureDefMap()
        .forEach(
            (key, signature) -> {
              if (key.startsWith(INTERNAL)) {
                roots.addAll(producers(signature.getOutputsMap().values()));
              }
            });
    return graph.needed(roots);
  }

  /** Empty if there is nothing to restore. */
  String restoreOp() {
    return GraphView.producer(meta.getSaverDef().getRestoreOpName());
  }
}
