package io.github.tfbit.export;

import io.github.tfbit.graph.TensorFlowRuntime;
import java.util.Map;
import java.util.TreeMap;
import org.tensorflow.ConcreteFunction;
import org.tensorflow.Graph;
import org.tensorflow.op.Ops;
import org.tensorflow.proto.SignatureDef;

/** What an export's signatures look like, for those who answer by them without an export. */
public final class ExportedSignatures {
  private ExportedSignatures() {}

  /**
   * Builds the graph of an export, without weights, and describes the ways to call it.
   *
   * @param settings what the model is made of
   * @return each signature by its key, as the export's {@code saved_model.pb} has it
   */
  public static Map<String, SignatureDef> of(ServingSettings settings) {
    TensorFlowRuntime.prepare();
    try (Graph graph = new Graph();
        ConcreteFunction decoder = ServingGraph.decoder(settings)) {
      Map<String, SignatureDef> all = new TreeMap<>();
      ServingGraph.start(Ops.create(graph), settings, Precision.FLOAT32)
          .signatures(decoder)
          .forEach(s -> all.put(s.key(), s.toProto()));
      return all;
    }
  }
}
