package io.github.tfbit.train;

import io.github.tfbit.checkpoints.TensorInfo;
import io.github.tfbit.graph.StoredVariables;
import io.github.tfbit.graph.Variables;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tensorflow.Operand;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.VarHandleOp;
import org.tensorflow.types.TFloat32;

/**
 * The ops of SGD with momentum, {@code a = 0.9 a + g; w = w - rate a}, over gradients as they are
 * or summed up over micro-batches. Every op that writes waits for all gradients: it could otherwise
 * change a weight that another gradient still reads.
 */
final class MomentumUpdates {
  /** Of every published recipe (paper section 3.3). */
  private static final float MOMENTUM = 0.9f;

  private static final String MOMENTUM_PREFIX = "momentum/";

  private final Ops tf;
  private final Variables variables;
  private final Map<String, Operand<TFloat32>> gradients;
  private final float weightDecay;
  private final Map<String, VarHandleOp> momenta = new LinkedHashMap<>();
  private final Map<String, VarHandleOp> sums = new LinkedHashMap<>();

  /**
   * Slots beside the variables.
   *
   * @param tf where the ops go
   * @param variables the network's
   * @param gradients by variable name; what has none is never changed
   * @param weightDecay times a kernel is added to its gradient; 0 adds no op
   */
  MomentumUpdates(
      Ops tf, Variables variables, Map<String, Operand<TFloat32>> gradients, double weightDecay) {
    this.tf = tf;
    this.variables = variables;
    this.gradients = gradients;
    this.weightDecay = (float) weightDecay;
    for (String name : gradients.keySet()) {
      momenta.put(name, slot(name, "/momentum"));
      sums.put(name, slot(name, "/gradient_sum"));
    }
  }

  private VarHandleOp slot(String name, String suffix) {
    return tf.varHandleOp(
        TFloat32.class, variables.parameter(name).shape(), VarHandleOp.sharedName(name + suffix));
  }

  /**
   * The momenta, to be kept in a checkpoint and taken from one. What never changes has none.
   *
   * @return under names of their own, {@code momentum/} and the variable's
   */
  StoredVariables stored() {
    StoredVariables stored = new StoredVariables();
    for (TensorInfo info : variables.tensors()) {
      if (momenta.containsKey(info.name())) {
        String name = MOMENTUM_PREFIX + info.name();
        stored.add(tf, new TensorInfo(name, info.dtype(), info.shape()), momenta.get(info.name()));
      }
    }
    return stored;
  }

  /** Sets every momentum to zero; to be run after the variables are assigned. */
  Op resetMomenta() {
    return zero(tf, momenta);
  }

  /** Sets every sum to zero; to be run before the first {@link #accumulate}. */
  Op resetSums() {
    return zero(tf, sums);
  }

  private Op zero(Ops at, Map<String, VarHandleOp> slots) {
    List<Op> all = new ArrayList<>();
    slots.forEach(
        (name, slot) ->
            all.add(at.assignVariableOp(slot, at.zerosLike(variables.parameter(name)))));
    return join(all);
  }

  /** One step by the gradients of this run. */
  Op step(Operand<TFloat32> rate) {
    return update(afterGradients(), rate, gradients);
  }

  /** Adds the gradients of this run to the sums. */
  Op accumulate() {
    Ops after = afterGradients();
    List<Op> all = new ArrayList<>();
    sums.forEach((name, sum) -> all.add(after.assignAddVariableOp(sum, gradients.get(name))));
    return join(all);
  }

  /** The sums, by variable name. */
  Map<String, Operand<TFloat32>> sums() {
    Map<String, Operand<TFloat32>> summed = new LinkedHashMap<>();
    sums.forEach((name, sum) -> summed.put(name, tf.readVariableOp(sum, TFloat32.class)));
    return summed;
  }

  /** One step by {@link #sums}, which are zero afterwards. */
  Op applySums(Map<String, Operand<TFloat32>> summed, Operand<TFloat32> rate) {
    Op update = update(tf, rate, summed);
    return zero(tf.withControlDependencies(List.of(update)), sums);
  }

  private Op update(Ops at, Operand<TFloat32> rate, Map<String, Operand<TFloat32>> by) {
    List<Op> all = new ArrayList<>();
    by.forEach(
        (name, gradient) ->
            all.add(
                at.train.resourceApplyMomentum(
                    variables.handles().get(name),
                    momenta.get(name),
                    rate,
                    decayed(at, name, gradient),
                    at.constant(MOMENTUM))));
    return join(all);
  }

  private Operand<TFloat32> decayed(Ops at, String name, Operand<TFloat32> gradient) {
    if (weightDecay == 0 || !name.endsWith("/kernel")) {
      return gradient;
    }
    Operand<TFloat32> pull = at.math.mul(variables.parameter(name), at.constant(weightDecay));
    return at.math.add(gradient, pull);
  }

  private Ops afterGradients() {
    return tf.withControlDependencies(new ArrayList<>(gradients.values()));
  }

  private Op join(List<Op> all) {
    return tf.withControlDependencies(all).noOp();
  }
}
