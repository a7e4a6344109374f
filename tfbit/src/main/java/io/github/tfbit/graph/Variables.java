package io.github.tfbit.graph;

import io.github.tfbit.checkpoints.Checkpoint;
import io.github.tfbit.checkpoints.CheckpointException;
import io.github.tfbit.checkpoints.TensorInfo;
import io.github.tfbit.converters.Architecture;
import io.github.tfbit.converters.PublishedModel;
import io.github.tfbit.converters.PublishedNames;
import java.io.IOException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.core.ReadVariableOp;
import org.tensorflow.op.core.VarHandleOp;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TFloat64;

/**
 * The weights of one network as resource variables, one for each tensor of the published layout and
 * of the same name. Values live in a session.
 */
public final class Variables implements Weights<TFloat32> {
  private final Map<String, Variable> all = new LinkedHashMap<>();
  private final StoredVariables stored = new StoredVariables();
  private final Architecture architecture;
  private final int classes;
  private final Padding padding;
  private final HeadFunction head;

  private record Variable(
      TensorInfo info,
      VarHandleOp handle,
      Operand<TFloat32> value,
      Operand<TFloat32> standardized) {}

  private Variables(
      Ops tf, Architecture architecture, int classes, Padding padding, HeadFunction head) {
    this.head = head;
    this.architecture = architecture;
    this.classes = classes;
    this.padding = padding;
    for (TensorInfo info : architecture.tensors(classes)) {
      all.put(info.name(), variable(tf, info, padding == Padding.EXPLICIT));
    }
  }

  /**
   * Variables that hold the weights as they are in the file and are standardised in the graph, so
   * that gradients reach them.
   *
   * @param tf where the ops go; a graph takes one such set
   * @param architecture the network's shape
   * @param classes of the head; 0 for none
   * @param head what makes logits of features
   * @return unassigned variables
   */
  public static Variables forTraining(
      Ops tf, Architecture architecture, int classes, HeadFunction head) {
    return new Variables(tf, architecture, classes, Padding.DIFFERENTIABLE, head);
  }

  /**
   * Variables whose kernels are standardised once, while they are assigned.
   *
   * @param tf where the ops go; a graph takes one such set
   * @param architecture the network's shape
   * @param classes of the head; 0 for none
   * @param head what makes logits of features
   * @return unassigned variables
   */
  public static Variables forInference(
      Ops tf, Architecture architecture, int classes, HeadFunction head) {
    return new Variables(tf, architecture, classes, Padding.EXPLICIT, head);
  }

  private Variable variable(Ops tf, TensorInfo info, boolean standardizeOnce) {
    Shape shape = StoredVariables.shape(info);
    VarHandleOp handle = tf.varHandleOp(TFloat32.class, shape, VarHandleOp.sharedName(info.name()));
    ReadVariableOp<TFloat32> value = tf.readVariableOp(handle, TFloat32.class);
    Placeholder<TFloat32> feed = tf.placeholder(TFloat32.class, Placeholder.shape(shape));
    boolean kernel = isKernel(info.name());
    Operand<TFloat32> assigned = feed;
    Operand<TFloat32> standardized = null;
    if (kernel && standardizeOnce) {
      assigned = standardizedExactly(tf, feed);
      standardized = value;
    } else if (kernel) {
      standardized = WeightStandardization.standardize(tf, value);
    }
    Op assign = tf.assignVariableOp(handle, assigned);
    stored.add(info, feed, assign, value);
    return new Variable(info, handle, value, standardized);
  }

  /**
   * In float64, which costs little once: the largest kernels have 18,432 values to a channel, and
   * the error of their float32 statistics adds up over 150 layers to more than all else.
   */
  private static Operand<TFloat32> standardizedExactly(Ops tf, Operand<TFloat32> kernel) {
    Operand<TFloat64> exact = tf.dtypes.cast(kernel, TFloat64.class);
    return tf.dtypes.cast(WeightStandardization.standardize(tf, exact), TFloat32.class);
  }

  @Override
  public Operand<TFloat32> parameter(String name) {
    return get(name).value();
  }

  @Override
  public Operand<TFloat32> standardized(String name) {
    Variable v = get(name);
    if (v.standardized() == null) {
      throw new IllegalArgumentException(name + " is no convolution kernel");
    }
    return v.standardized();
  }

  @Override
  public boolean hasHead() {
    return classes > 0;
  }

  @Override
  public Operand<TFloat32> head(
      Ops at, Operand<TFloat32> features, Operand<TFloat32> kernel, Operand<TFloat32> bias) {
    return head.logits(at, features, kernel, bias);
  }

  @Override
  public Padding padding() {
    return padding;
  }

  /**
   * The resource handles, for those who save or update the variables.
   *
   * @return by published name, in the order of the published files
   */
  public Map<String, VarHandleOp> handles() {
    Map<String, VarHandleOp> handles = new LinkedHashMap<>();
    all.forEach((name, v) -> handles.put(name, v.handle()));
    return Collections.unmodifiableMap(handles);
  }

  /**
   * What the variables are.
   *
   * @return name and shape of each, in the order of the published files
   */
  public List<TensorInfo> tensors() {
    return all.values().stream().map(Variable::info).toList();
  }

  /**
   * Assigns every variable. Each tensor goes from the file into a TensorFlow tensor's own memory
   * and from there, without a copy where it is not standardised, into its variable.
   *
   * @param session of the graph that the variables are in
   * @param weights what a published file holds; its head plays no part if the network has none
   * @throws CheckpointException if one is missing, of another shape or type, corrupt, or holds NaN
   *     or infinity; where names, shapes and types are all right but not the contents, some
   *     variables are assigned by then and the session is of no use
   * @throws IOException if reading fails
   */
  public void load(Session session, Checkpoint weights) throws IOException {
    PublishedModel.requireMatch(weights, architecture, classes, classes == 0);
    assign(session, weights, weights);
  }

  /**
   * As {@link #load(Session, Checkpoint)}, the head from elsewhere.
   *
   * @param session of the graph that the variables are in
   * @param backbone everything but the head; a head it has plays no part
   * @param head the head's kernel and bias, among others
   * @throws CheckpointException as {@link #load(Session, Checkpoint)}
   * @throws IOException if reading fails
   */
  public void load(Session session, Checkpoint backbone, Checkpoint head) throws IOException {
    PublishedModel.requireMatch(backbone, architecture, 0, true);
    assign(session, backbone, head);
  }

  private void assign(Session session, Checkpoint backbone, Checkpoint head) throws IOException {
    stored.assign(session, name -> isHead(name) ? head : backbone);
  }

  /** Whether a tensor is standardised. */
  static boolean isKernel(String name) {
    return name.endsWith("standardized_conv2d/kernel");
  }

  private static boolean isHead(String name) {
    return name.equals(PublishedNames.HEAD_KERNEL) || name.equals(PublishedNames.HEAD_BIAS);
  }

  /**
   * The values as they are now, as a checkpoint: as the file held them for {@link #forTraining},
   * with standardised kernels for {@link #forInference}. It shares memory with the variables until
   * they change.
   *
   * @param session of the graph that the variables are in
   * @return the values at the time of this call; the caller closes it
   */
  public Checkpoint snapshot(Session session) {
    return stored.snapshot(session);
  }

  private Variable get(String name) {
    Variable v = all.get(name);
    if (v == null) {
      throw new IllegalArgumentException("no variable is named " + name);
    }
    return v;
  }
}
