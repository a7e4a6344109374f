package io.github.tfbit.graph;

import io.github.tfbit.checkpoints.Checkpoint;
import io.github.tfbit.converters.Architecture;
import io.github.tfbit.converters.Head;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;

/**
 * A network with its weights, ready for inference. Built whole when it is opened: using it never
 * adds to the graph. Safe from any thread as long as nobody adds ops of his own. Owns graph,
 * session and native memory until it is closed.
 */
public final class BitGraph implements AutoCloseable {
  private final Graph graph;
  private final Session session;
  private final Placeholder<TFloat32> images;
  private final Map<Endpoint, Operand<TFloat32>> endpoints;
  private final Variables variables;

  private BitGraph(
      Graph graph,
      Session session,
      Variables variables,
      Placeholder<TFloat32> images,
      Map<Endpoint, Operand<TFloat32>> endpoints) {
    this.graph = graph;
    this.session = session;
    this.variables = variables;
    this.images = images;
    this.endpoints = endpoints;
  }

  /**
   * Builds a network and loads its weights; kernels are standardised now, not with every call.
   *
   * @param weights a tensor for each of the network's; only read, and not needed afterwards
   * @param architecture the network's shape
   * @param head its head, or empty to end at the pre-logits
   * @param options threads and device
   * @return an open network; the caller closes it
   * @throws io.github.tfbit.checkpoints.CheckpointException if a tensor is missing, of another
   *     shape, corrupt or not finite
   * @throws RuntimeProblemException if TensorFlow cannot run as asked for
   * @throws IOException if reading fails
   */
  public static BitGraph open(
      Checkpoint weights, Architecture architecture, Optional<Head> head, SessionOptions options)
      throws IOException {
    return open(weights, architecture, head, HeadFunction.LINEAR, options);
  }

  /**
   * Builds a network with a head of one's own and loads its weights.
   *
   * @param weights a tensor for each of the network's; only read, and not needed afterwards
   * @param architecture the network's shape
   * @param head its head, or empty to end at the pre-logits
   * @param function what makes logits of features
   * @param options threads and device
   * @return an open network; the caller closes it
   * @throws io.github.tfbit.checkpoints.CheckpointException if a tensor is missing, of another
   *     shape, corrupt or not finite
   * @throws RuntimeProblemException if TensorFlow cannot run as asked for
   * @throws IOException if reading fails
   */
  public static BitGraph open(
      Checkpoint weights,
      Architecture architecture,
      Optional<Head> head,
      HeadFunction function,
      SessionOptions options)
      throws IOException {
    TensorFlowRuntime.prepare();
    Graph graph = new Graph();
    Session session = null;
    try {
      Ops tf = Ops.create(graph);
      Placeholder<TFloat32> images =
          tf.withName("images")
              .placeholder(TFloat32.class, Placeholder.shape(Shape.of(-1, -1, -1, 3)));
      int classes = head.map(Head::classes).orElse(0);
      Variables variables = Variables.forInference(tf, architecture, classes, function);
      Map<Endpoint, Operand<TFloat32>> endpoints =
          Network.build(tf, architecture, variables, images);
      session = TensorFlowRuntime.open(graph, options);
      variables.load(session, weights);
      return new BitGraph(graph, session, variables, images, endpoints);
    } catch (IOException | RuntimeException | Error e) {
      if (session != null) {
        session.close();
      }
      graph.close();
      throw e;
    }
  }

  /**
   * The graph.
   *
   * @return open as long as this is
   */
  public Graph graph() {
    return graph;
  }

  /**
   * The session that holds the weights.
   *
   * @return open as long as this is
   */
  public Session session() {
    return session;
  }

  /**
   * The weights: kernels standardised, the rest as in the file.
   *
   * @return this network's variables
   */
  public Variables variables() {
    return variables;
  }

  /**
   * The input.
   *
   * @return to be fed: {@code [batch, height, width, 3]}, RGB in [-1, 1]
   */
  public Placeholder<TFloat32> images() {
    return images;
  }

  /**
   * One of the intermediates.
   *
   * @param endpoint which
   * @return to be fetched
   * @throws IllegalArgumentException for {@link Endpoint#LOGITS} of a network without a head
   */
  public Operand<TFloat32> at(Endpoint endpoint) {
    Operand<TFloat32> operand = endpoints.get(endpoint);
    if (operand == null) {
      throw new IllegalArgumentException(endpoint.layer() + ": the network has no head");
    }
    return operand;
  }

  /** Waits for calls under way and frees graph, session and weights. A second call does nothing. */
  @Override
  public void close() {
    session.close();
    graph.close();
  }
}
