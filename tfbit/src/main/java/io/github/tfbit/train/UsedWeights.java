package io.github.tfbit.train;

import io.github.tfbit.graph.Weights;
import java.util.LinkedHashSet;
import java.util.Set;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** Weights that remember which of them a network asked for. */
final class UsedWeights implements Weights<TFloat32> {
  private final Weights<TFloat32> weights;
  private final Set<String> names = new LinkedHashSet<>();

  UsedWeights(Weights<TFloat32> weights) {
    this.weights = weights;
  }

  /** Names that were asked for. */
  Set<String> names() {
    return names;
  }

  @Override
  public Operand<TFloat32> parameter(String name) {
    names.add(name);
    return weights.parameter(name);
  }

  @Override
  public Operand<TFloat32> standardized(String name) {
    names.add(name);
    return weights.standardized(name);
  }

  @Override
  public boolean hasHead() {
    return weights.hasHead();
  }

  @Override
  public Operand<TFloat32> head(
      Ops tf, Operand<TFloat32> features, Operand<TFloat32> kernel, Operand<TFloat32> bias) {
    return weights.head(tf, features, kernel, bias);
  }

  @Override
  public Padding padding() {
    return weights.padding();
  }
}
