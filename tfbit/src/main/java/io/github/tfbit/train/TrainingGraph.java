package io.github.tfbit.train;

import io.github.tfbit.checkpoints.Checkpoint;
import io.github.tfbit.checkpoints.CheckpointException;
import io.github.tfbit.checkpoints.Problem;
import io.github.tfbit.checkpoints.TensorInfo;
import io.github.tfbit.converters.Architecture;
import io.github.tfbit.graph.Endpoint;
import io.github.tfbit.graph.InitialWeights;
import io.github.tfbit.graph.Network;
import io.github.tfbit.graph.SessionOptions;
import io.github.tfbit.graph.StoredVariables;
import io.github.tfbit.graph.TensorFlowRuntime;
import io.github.tfbit.graph.Tensors;
import io.github.tfbit.graph.Variables;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Gradients;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;

/**
 * A network in training: SGD with momentum 0.9 on the cross-entropy. Built whole by its
 * constructor; equal inputs give equal bytes on one machine with one number of threads. For one
 * thread at a time. Owns graph, session and native memory until it is closed.
 */
public final class TrainingGraph implements AutoCloseable {
  private final Architecture architecture;
  private final int classes;
  private final Graph graph;
  private final Session session;
  private final Variables variables;
  private final Placeholder<TFloat32> inputs;
  private final Placeholder<TFloat32> labels;
  private final Placeholder<TFloat32> scale;
  private final Placeholder<TFloat32> rate;
  private final Operand<TFloat32> logits;
  private final Operand<TFloat32> loss;
  private final Map<String, Operand<TFloat32>> gradients;
  private final Map<String, Operand<TFloat32>> sums;
  private final StoredVariables momenta;
  private final Op resetMomenta;
  private final Op resetSums;
  private final Op step;
  private final Op accumulate;
  private final Op applySums;
  private boolean summing;

  /**
   * Builds the graph; {@link #load} must follow.
   *
   * @param architecture the network's shape
   * @param classes of the head, at least 1
   * @param objective decides the loss and the head; with as many weights as classes, or none
   * @param options threads and device
   * @param cut where the part that learns begins: it is fed what the network makes of pictures at
   *     that endpoint, and nothing up to it changes; empty to learn everything, from pictures
   * @param weightDecay times each kernel is added to its gradient before the momentum; 0 in
   *     BiT-HyperRule, 1e-4 upstream (paper section 3.3)
   * @throws io.github.tfbit.graph.RuntimeProblemException if TensorFlow cannot run as asked for
   */
  public TrainingGraph(
      Architecture architecture,
      int classes,
      Objective objective,
      SessionOptions options,
      Optional<Endpoint> cut,
      double weightDecay) {
    if (classes < 1 || !(weightDecay >= 0)) {
      throw new IllegalArgumentException(
          "expected at least one class and no negative weight decay, found "
              + (classes + " and " + weightDecay));
    }
    int weights = objective.classWeights().size();
    if (weights != 0 && weights != classes) {
      throw new IllegalArgumentException(
          "expected a weight for each of " + classes + " classes, found " + weights);
    }
    TensorFlowRuntime.prepare();
    this.architecture = architecture;
    this.classes = classes;
    this.graph = new Graph();
    try {
      Ops tf = Ops.create(graph);
      inputs = tf.placeholder(TFloat32.class, Placeholder.shape(shape(architecture, cut)));
      labels = tf.placeholder(TFloat32.class, Placeholder.shape(Shape.of(-1, classes)));
      scale = tf.placeholder(TFloat32.class, Placeholder.shape(Shape.scalar()));
      rate = tf.placeholder(TFloat32.class, Placeholder.shape(Shape.scalar()));
      variables = Variables.forTraining(tf, architecture, classes, objective.head());
      UsedWeights used = new UsedWeights(variables);
      logits =
          (cut.isPresent()
                  ? Network.buildAfter(tf, architecture, used, cut.get(), inputs)
                  : Network.build(tf, architecture, used, inputs))
              .get(Endpoint.LOGITS);
      loss = tf.math.mul(objective.sum(tf, logits, labels), scale);
      gradients = gradients(tf, used.names());
      MomentumUpdates updates = new MomentumUpdates(tf, variables, gradients, weightDecay);
      resetMomenta = updates.resetMomenta();
      resetSums = updates.resetSums();
      step = updates.step(rate);
      accumulate = updates.accumulate();
      sums = updates.sums();
      applySums = updates.applySums(sums, rate);
      momenta = updates.stored();
      session = TensorFlowRuntime.open(graph, options);
    } catch (RuntimeException | Error e) {
      graph.close();
      throw e;
    }
  }

  private static Shape shape(Architecture a, Optional<Endpoint> cut) {
    if (cut.isEmpty()) {
      return Shape.of(-1, -1, -1, 3);
    }
    return switch (cut.get()) {
      case ROOT_BLOCK -> Shape.of(-1, -1, -1, a.rootChannels());
      case BLOCK1 -> Shape.of(-1, -1, -1, a.outputChannels(1));
      case BLOCK2 -> Shape.of(-1, -1, -1, a.outputChannels(2));
      case BLOCK3 -> Shape.of(-1, -1, -1, a.outputChannels(3));
      case BLOCK4 -> Shape.of(-1, -1, -1, a.outputChannels(4));
      case PRE_LOGITS -> Shape.of(-1, a.features());
      case LOGITS -> throw new IllegalArgumentException("nothing learns after the logits");
    };
  }

  private Map<String, Operand<TFloat32>> gradients(Ops tf, Set<String> learning) {
    List<String> names =
        variables.tensors().stream().map(TensorInfo::name).filter(learning::contains).toList();
    Gradients all = tf.gradients(loss, names.stream().map(variables::parameter).toList());
    Map<String, Operand<TFloat32>> byName = new LinkedHashMap<>();
    for (int i = 0; i < names.size(); i++) {
      byName.put(names.get(i), all.dy(i));
    }
    return byName;
  }

  /**
   * Starts anew from these weights; every momentum and sum is zero then.
   *
   * @param upstream the backbone's weights, and the head's if it is kept; not needed afterwards
   * @param keepHead whether the head is taken over; otherwise it is zero (paper section 3.3)
   * @throws io.github.tfbit.checkpoints.CheckpointException if a tensor is missing, of another
   *     shape, corrupt or not finite
   * @throws IOException if reading fails
   */
  public void load(Checkpoint upstream, boolean keepHead) throws IOException {
    load(upstream, keepHead ? upstream : InitialWeights.of(architecture, classes, 0));
  }

  /**
   * Starts anew from these weights with an earlier head's, or any other, as the head.
   *
   * @param upstream the backbone's weights; a head it has plays no part
   * @param head the head's kernel and bias, among others
   * @throws io.github.tfbit.checkpoints.CheckpointException as {@link #load(Checkpoint, boolean)}
   * @throws IOException if reading fails
   */
  public void load(Checkpoint upstream, Checkpoint head) throws IOException {
    variables.load(session, upstream, head);
    session.runner().addTarget(resetMomenta).run().close();
    summing = false;
  }

  /**
   * Goes on from an earlier state of this graph: the steps that follow are those that would have
   * followed then, to the last bit on one machine with one number of threads.
   *
   * @param weights what {@link #weights} was
   * @param optimizer what {@link #optimizer} was
   * @throws io.github.tfbit.checkpoints.CheckpointException if a tensor is missing, of another
   *     shape, corrupt or not finite
   * @throws IOException if reading fails
   */
  public void restore(Checkpoint weights, Checkpoint optimizer) throws IOException {
    if (!optimizer.tensors().equals(momenta.tensors())) {
      throw new CheckpointException.Mismatch(
          new Problem(
              momenta.tensors().size() + " tensors of momentum",
              optimizer.tensors().size() + " others",
              optimizer.source(),
              "this is the state of another network or another --freeze; go on from its own"));
    }
    variables.load(session, weights);
    momenta.assign(session, name -> optimizer);
    summing = false;
  }

  /**
   * One step on one batch.
   *
   * @param batch {@code [n, height, width, 3]} in [-1, 1], or the values at the cut; the caller
   *     closes it
   * @param targets {@code [n, classes]}, soft labels; the caller closes it
   * @param factor of the loss, which is summed over the pictures: 1 / n for its mean
   * @param learningRate of this step
   * @return the loss before the step
   */
  public double step(TFloat32 batch, TFloat32 targets, float factor, float learningRate) {
    try (TFloat32 s = TFloat32.scalarOf(factor);
        TFloat32 r = TFloat32.scalarOf(learningRate)) {
      return loss(feed(batch, targets, s).feed(rate, r).addTarget(step));
    }
  }

  /**
   * Adds one micro-batch's gradients to those since the last {@link #apply}.
   *
   * @param batch {@code [m, height, width, 3]} in [-1, 1], or the values at the cut; the caller
   *     closes it
   * @param targets {@code [m, classes]}, soft labels; the caller closes it
   * @param factor of the loss, which is summed over the pictures: 1 / n for a step of n pictures
   * @return this micro-batch's part of the loss
   */
  public double accumulate(TFloat32 batch, TFloat32 targets, float factor) {
    if (!summing) {
      session.runner().addTarget(resetSums).run().close();
      summing = true;
    }
    try (TFloat32 s = TFloat32.scalarOf(factor)) {
      return loss(feed(batch, targets, s).addTarget(accumulate));
    }
  }

  /**
   * One step by the gradients that were accumulated; none are left then.
   *
   * @param learningRate of this step
   * @throws IllegalStateException if nothing was accumulated since {@link #load}
   */
  public void apply(float learningRate) {
    if (!summing) {
      throw new IllegalStateException("expected accumulated gradients, found none");
    }
    try (TFloat32 r = TFloat32.scalarOf(learningRate)) {
      session.runner().feed(rate, r).addTarget(applySums).run().close();
    }
  }

  /**
   * Evaluates pictures with the weights as they are now.
   *
   * @param batch {@code [n, height, width, 3]} in [-1, 1], or the values at the cut; the caller
   *     closes it
   * @return {@code [n][classes]}
   */
  public float[][] logits(TFloat32 batch) {
    try (Result result = session.runner().feed(inputs, batch).fetch(logits).run()) {
      float[] flat = Tensors.floats((TFloat32) result.get(0));
      float[][] rows = new float[flat.length / classes][classes];
      for (int i = 0; i < rows.length; i++) {
        System.arraycopy(flat, i * classes, rows[i], 0, classes);
      }
      return rows;
    }
  }

  /**
   * The weights as they are now.
   *
   * @return under the published names, raw kernels, as they would be in a published file; steps
   *     that follow do not change it. The caller closes it, before this graph
   */
  public Checkpoint weights() {
    return variables.snapshot(session);
  }

  /**
   * The momentum of every tensor that learns, as it is now.
   *
   * @return under names of its own, {@code momentum/} and the published name; steps that follow do
   *     not change it. The caller closes it, before this graph
   */
  public Checkpoint optimizer() {
    return momenta.snapshot(session);
  }

  /** The loss's gradients by tensor, without a step: for tests. */
  Map<String, float[]> gradients(TFloat32 batch, TFloat32 targets, float factor) {
    try (TFloat32 s = TFloat32.scalarOf(factor)) {
      return fetch(feed(batch, targets, s), gradients);
    }
  }

  /** What was accumulated since the last step, by tensor: for tests. */
  Map<String, float[]> accumulated() {
    return fetch(session.runner(), sums);
  }

  private static Map<String, float[]> fetch(
      Session.Runner runner, Map<String, Operand<TFloat32>> operands) {
    operands.values().forEach(runner::fetch);
    Map<String, float[]> values = new LinkedHashMap<>();
    try (Result result = runner.run()) {
      int i = 0;
      for (String name : operands.keySet()) {
        values.put(name, Tensors.floats((TFloat32) result.get(i++)));
      }
    }
    return values;
  }

  /** The graph, so that tests can see that it does not grow. */
  Graph graph() {
    return graph;
  }

  private Session.Runner feed(TFloat32 batch, TFloat32 targets, TFloat32 factor) {
    return session.runner().feed(inputs, batch).feed(labels, targets).feed(scale, factor);
  }

  private double loss(Session.Runner runner) {
    try (Result result = runner.fetch(loss).run()) {
      return ((TFloat32) result.get(0)).getFloat();
    }
  }

  /** Frees graph, session and weights. */
  @Override
  public void close() {
    session.close();
    graph.close();
  }
}
