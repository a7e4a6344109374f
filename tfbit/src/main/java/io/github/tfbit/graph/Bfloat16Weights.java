package io.github.tfbit.graph;

import io.github.tfbit.converters.Architecture;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.VarHandleOp;
import org.tensorflow.types.TBfloat16;
import org.tensorflow.types.TFloat32;

/**
 * Weights of an inference graph in bfloat16: each kernel once more as a variable of that type,
 * rounded to the nearest; gamma, beta and head as they are. GroupNorm is computed in float32 and
 * rounded once, and everything after the last block is float32.
 */
public final class Bfloat16Weights implements Weights<TBfloat16> {
  private final Variables exact;
  private final Map<String, VarHandleOp> handles = new LinkedHashMap<>();
  private final Map<String, Operand<TBfloat16>> kernels = new LinkedHashMap<>();
  private final List<Op> rounding = new ArrayList<>();

  /**
   * Adds a variable for each kernel.
   *
   * @param tf where the ops go; the graph of the exact variables
   * @param exact of {@link Variables#forInference}
   */
  public Bfloat16Weights(Ops tf, Variables exact) {
    this.exact = exact;
    exact
        .handles()
        .forEach(
            (name, handle) -> {
              if (!Variables.isKernel(name)) {
                handles.put(name, handle);
                return;
              }
              VarHandleOp rounded =
                  tf.varHandleOp(
                      TBfloat16.class,
                      exact.standardized(name).shape(),
                      VarHandleOp.sharedName(name + "/bfloat16"));
              handles.put(name, rounded);
              rounding.add(
                  tf.assignVariableOp(
                      rounded, tf.dtypes.cast(exact.standardized(name), TBfloat16.class)));
              kernels.put(name, tf.readVariableOp(rounded, TBfloat16.class));
            });
  }

  /**
   * Adds the network to a graph.
   *
   * @param tf where the ops go
   * @param architecture the network's shape
   * @param images float32 {@code [batch, height, width, 3]}, RGB in [-1, 1]
   * @return pre-logits, and logits if there is a head, in float32
   */
  public Map<Endpoint, Operand<TFloat32>> network(
      Ops tf, Architecture architecture, Operand<TFloat32> images) {
    Operand<TBfloat16> rounded = tf.dtypes.cast(images, TBfloat16.class);
    Operand<TBfloat16> last = Network.build(tf, architecture, this, rounded).get(Endpoint.BLOCK4);
    return Network.buildAfter(
        tf, architecture, exact, Endpoint.BLOCK4, tf.dtypes.cast(last, TFloat32.class));
  }

  /**
   * The handles of the variables that the network reads.
   *
   * @return by published name, in the order of the published files
   */
  public Map<String, VarHandleOp> handles() {
    return Collections.unmodifiableMap(handles);
  }

  /**
   * The kernels' names.
   *
   * @return those of {@link #handles} whose type is bfloat16
   */
  public Set<String> rounded() {
    return Collections.unmodifiableSet(kernels.keySet());
  }

  /**
   * Fills the kernels from the exact variables.
   *
   * @param session in which those are loaded
   */
  public void round(Session session) {
    Session.Runner runner = session.runner();
    rounding.forEach(runner::addTarget);
    runner.run().close();
  }

  @Override
  public Operand<TBfloat16> parameter(String name) {
    throw new IllegalArgumentException(name + " is only there in float32");
  }

  @Override
  public Operand<TBfloat16> standardized(String name) {
    Operand<TBfloat16> kernel = kernels.get(name);
    if (kernel == null) {
      throw new IllegalArgumentException(name + " is no convolution kernel");
    }
    return kernel;
  }

  @Override
  public Operand<TBfloat16> normalized(Ops tf, String name, Operand<TBfloat16> x, int groups) {
    Operand<TFloat32> wide = exact.normalized(tf, name, tf.dtypes.cast(x, TFloat32.class), groups);
    return tf.dtypes.cast(wide, TBfloat16.class);
  }

  @Override
  public boolean hasHead() {
    return false;
  }

  @Override
  public Padding padding() {
    return Padding.EXPLICIT;
  }
}
