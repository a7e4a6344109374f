package io.github.tfbit.doctor;

import io.github.tfbit.checkpoints.Checkpoint;
import io.github.tfbit.converters.Architecture;
import io.github.tfbit.data.ImageSize;
import io.github.tfbit.graph.Device;
import io.github.tfbit.graph.Endpoint;
import io.github.tfbit.graph.HeadFunction;
import io.github.tfbit.graph.Network;
import io.github.tfbit.graph.SessionOptions;
import io.github.tfbit.graph.TensorFlowRuntime;
import io.github.tfbit.graph.Variables;
import io.github.tfbit.graph.Weights;
import java.io.IOException;
import java.util.EnumMap;
import java.util.Map;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;

/** A model's weights in the right network and in every usually wrong one. Owns a session. */
final class Brain implements AutoCloseable {
  private final Graph graph = new Graph();
  private final Session session;
  private final Operand<TFloat32> images;
  private final Map<NetworkVariant, Map<Endpoint, Operand<TFloat32>>> networks =
      new EnumMap<>(NetworkVariant.class);

  /**
   * Builds the networks and loads the weights.
   *
   * @param weights under published names; only read
   * @param architecture the weights fit it
   * @param classes of the head
   * @throws IOException if they cannot be read
   */
  Brain(Checkpoint weights, Architecture architecture, int classes) throws IOException {
    TensorFlowRuntime.prepare();
    Ops tf = Ops.create(graph);
    images = tf.placeholder(TFloat32.class, Placeholder.shape(Shape.of(-1, -1, -1, 3)));
    Variables variables = Variables.forTraining(tf, architecture, classes, HeadFunction.LINEAR);
    for (NetworkVariant variant : NetworkVariant.values()) {
      int groups = FaultyWeights.groups(variant, architecture);
      if (groups > 0) {
        Weights<TFloat32> faulty = new FaultyWeights(tf, variables, variant, groups);
        networks.put(variant, Network.build(tf, architecture, faulty, images));
      }
    }
    session = TensorFlowRuntime.open(graph, new SessionOptions(Device.CPU, 0));
    try {
      variables.load(session, weights);
    } catch (IOException | RuntimeException | Error e) {
      close();
      throw e;
    }
  }

  /** Whether the architecture allows that mistake. */
  boolean has(NetworkVariant variant) {
    return networks.containsKey(variant);
  }

  /** One picture's values at an endpoint. */
  float[] at(Endpoint endpoint, NetworkVariant variant, float[] pixels, ImageSize size) {
    Shape shape = Shape.of(1, size.height(), size.width(), 3);
    try (TFloat32 in = TFloat32.tensorOf(shape, DataBuffers.of(pixels));
        Result r =
            session.runner().feed(images, in).fetch(networks.get(variant).get(endpoint)).run()) {
      float[] values = new float[Math.toIntExact(r.get(0).shape().size())];
      r.get(0).asRawTensor().data().asFloats().read(values);
      return values;
    }
  }

  @Override
  public void close() {
    if (session != null) {
      session.close();
    }
    graph.close();
  }
}
