package io.github.tfbit.graph;

import io.github.tfbit.checkpoints.TensorInfo;
import io.github.tfbit.converters.Architecture;
import io.github.tfbit.converters.testing.SeededCheckpoint;
import java.util.HashMap;
import java.util.Map;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat64;

/**
 * Seeded weights in float64, each tensor w as {@code w + t d} with a placeholder t, so that it can
 * be moved in a direction d.
 */
public final class Doubles implements Weights<TFloat64> {
  private final Ops tf;
  private final Map<String, Operand<TFloat64>> values = new HashMap<>();
  private final Map<String, Placeholder<TFloat64>> moves = new HashMap<>();
  private final Padding padding;

  public Doubles(
      Ops tf,
      Architecture architecture,
      int classes,
      SeededCheckpoint weights,
      Map<String, float[]> directions,
      Padding padding) {
    this.tf = tf;
    this.padding = padding;
    for (TensorInfo t : architecture.tensors(classes)) {
      Operand<TFloat64> value = constant(t, weights.floats(t.name()));
      if (directions.containsKey(t.name())) {
        Placeholder<TFloat64> move =
            tf.placeholder(TFloat64.class, Placeholder.shape(Shape.scalar()));
        moves.put(t.name(), move);
        value = tf.math.add(value, tf.math.mul(move, constant(t, directions.get(t.name()))));
      }
      values.put(t.name(), value);
    }
  }

  private Operand<TFloat64> constant(TensorInfo t, float[] values) {
    long[] shape = t.shape().stream().mapToLong(Integer::longValue).toArray();
    return tf.constant(Shape.of(shape), DataBuffers.of(Tolerance.widen(values)));
  }

  public Map<String, Placeholder<TFloat64>> moves() {
    return moves;
  }

  @Override
  public Operand<TFloat64> parameter(String name) {
    return values.get(name);
  }

  @Override
  public Operand<TFloat64> standardized(String name) {
    return WeightStandardization.standardize(tf, values.get(name));
  }

  @Override
  public boolean hasHead() {
    return true;
  }

  @Override
  public Padding padding() {
    return padding;
  }
}
