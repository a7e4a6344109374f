package io.github.tfbit.train;

import io.github.tfbit.features.FeatureFile;
import io.github.tfbit.graph.TensorFlowRuntime;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.core.VarHandleOp;
import org.tensorflow.op.linalg.MatMul;
import org.tensorflow.types.TFloat64;

/**
 * A linear classifier by regularised least squares, {@code fewshot_lsr} of big_vision: features are
 * whitened (less the mean, by the standard deviation + 1e-5, both of the training rows), a constant
 * feature of {@value #BIAS} stands for the bias, targets are +1 for a row's class and -1 for the
 * others, and the weights are {@code (XᵀX + l2 I)⁻¹ Xᵀ Y}. Solved in float64 by TensorFlow, for
 * fewer rows than features in the dual form {@code Xᵀ (XXᵀ + l2 I)⁻¹ Y}. Immutable.
 */
public final class LinearProbe {
  /** The regularisation that big_vision's figures are given for. */
  public static final double L2 = 1 << 10;

  static final double BIAS = 100;
  private static final double EPSILON = 1e-5;
  private static final int CHUNK = 1024;

  private final double[] mean;
  private final double[] deviation;
  private final double[] weights;
  private final int classes;

  private LinearProbe(double[] mean, double[] deviation, double[] weights, int classes) {
    this.mean = mean;
    this.deviation = deviation;
    this.weights = weights;
    this.classes = classes;
  }

  /**
   * Rows to learn from.
   *
   * @param features pre-logits, by picture
   * @param pictures which of them
   * @param labels the class of each picture that is learned from
   * @param classes how many there are
   */
  @SuppressWarnings("ArrayRecordComponent")
  public record Rows(FeatureFile features, int[] pictures, int[] labels, int classes) {
    /** Refuses what does not fit each other. */
    public Rows {
      if (features.shape().size() != 1 || pictures.length != labels.length || labels.length == 0) {
        throw new IllegalArgumentException(
            "expected a label for each row of one dimension, found "
                + (labels.length + " for " + pictures.length + " of " + features));
      }
    }

    private int width() {
      return features.shape().get(0);
    }
  }

  /**
   * Learns.
   *
   * @param rows to learn from
   * @param l2 above 0
   * @return the classifier
   */
  public static LinearProbe fit(Rows rows, double l2) {
    if (!(l2 > 0)) {
      throw new IllegalArgumentException("expected an l2 above 0, found " + l2);
    }
    TensorFlowRuntime.prepare();
    int width = rows.width();
    double[] mean = new double[width];
    double[] deviation = new double[width];
    whiten(rows, mean, deviation);
    LinearProbe still = new LinearProbe(mean, deviation, new double[0], rows.classes());
    double[] weights =
        rows.pictures().length <= width ? still.dual(rows, l2) : still.primal(rows, l2);
    return new LinearProbe(mean, deviation, weights, rows.classes());
  }

  private static void whiten(Rows rows, double[] mean, double[] deviation) {
    int n = rows.pictures().length;
    float[] row = new float[mean.length];
    for (int picture : rows.pictures()) {
      rows.features().read(picture, FloatBuffer.wrap(row));
      for (int d = 0; d < row.length; d++) {
        mean[d] += row[d] / (double) n;
      }
    }
    for (int picture : rows.pictures()) {
      rows.features().read(picture, FloatBuffer.wrap(row));
      for (int d = 0; d < row.length; d++) {
        deviation[d] += (row[d] - mean[d]) * (row[d] - mean[d]) / n;
      }
    }
    for (int d = 0; d < deviation.length; d++) {
      deviation[d] = Math.sqrt(deviation[d]) + EPSILON;
    }
  }

  /** Rows from one on, whitened, with the constant: {@code [n, width + 1]}. */
  private TFloat64 whitened(Rows rows, int from, int n) {
    int width = mean.length;
    double[] x = new double[n * (width + 1)];
    float[] row = new float[width];
    for (int i = 0; i < n; i++) {
      rows.features().read(rows.pictures()[from + i], FloatBuffer.wrap(row));
      whiten(row, x, i * (width + 1));
    }
    return TFloat64.tensorOf(Shape.of(n, width + 1), DataBuffers.of(x));
  }

  private void whiten(float[] row, double[] into, int at) {
    for (int d = 0; d < row.length; d++) {
      into[at + d] = (row[d] - mean[d]) / deviation[d];
    }
    into[at + row.length] = BIAS;
  }

  private TFloat64 targets(Rows rows, int from, int n) {
    double[] y = new double[n * classes];
    Arrays.fill(y, -1);
    for (int i = 0; i < n; i++) {
      y[i * classes + rows.labels()[from + i]] = 1;
    }
    return TFloat64.tensorOf(Shape.of(n, classes), DataBuffers.of(y));
  }

  private double[] dual(Rows rows, double l2) {
    int n = rows.pictures().length;
    try (Graph graph = new Graph();
        TFloat64 x = whitened(rows, 0, n);
        TFloat64 y = targets(rows, 0, n)) {
      Ops tf = Ops.create(graph);
      Placeholder<TFloat64> xs = input(tf);
      Placeholder<TFloat64> ys = input(tf);
      Operand<TFloat64> gram = tf.linalg.matMul(xs, xs, MatMul.transposeB(true));
      Operand<TFloat64> alpha = tf.linalg.solve(ridge(tf, gram, n, l2), ys);
      Operand<TFloat64> w = tf.linalg.matMul(xs, alpha, MatMul.transposeA(true));
      try (Session session = new Session(graph);
          Result result = session.runner().feed(xs, x).feed(ys, y).fetch(w).run()) {
        return doubles((TFloat64) result.get(0));
      }
    }
  }

  private double[] primal(Rows rows, double l2) {
    int width = mean.length + 1;
    try (Graph graph = new Graph()) {
      Ops tf = Ops.create(graph);
      Placeholder<TFloat64> xs = input(tf);
      Placeholder<TFloat64> ys = input(tf);
      VarHandleOp gram = variable(tf, "gram", Shape.of(width, width));
      VarHandleOp moments = variable(tf, "moments", Shape.of(width, classes));
      List<Op> clear = List.of(zero(tf, gram, width, width), zero(tf, moments, width, classes));
      List<Op> add =
          List.of(
              tf.assignAddVariableOp(gram, tf.linalg.matMul(xs, xs, MatMul.transposeA(true))),
              tf.assignAddVariableOp(moments, tf.linalg.matMul(xs, ys, MatMul.transposeA(true))));
      Operand<TFloat64> sum = tf.readVariableOp(gram, TFloat64.class);
      Operand<TFloat64> w =
          tf.linalg.solve(ridge(tf, sum, width, l2), tf.readVariableOp(moments, TFloat64.class));
      try (Session session = new Session(graph)) {
        run(session.runner(), clear);
        for (int from = 0; from < rows.pictures().length; from += CHUNK) {
          int n = Math.min(CHUNK, rows.pictures().length - from);
          try (TFloat64 x = whitened(rows, from, n);
              TFloat64 y = targets(rows, from, n)) {
            run(session.runner().feed(xs, x).feed(ys, y), add);
          }
        }
        try (Result result = session.runner().fetch(w).run()) {
          return doubles((TFloat64) result.get(0));
        }
      }
    }
  }

  private static Placeholder<TFloat64> input(Ops tf) {
    return tf.placeholder(TFloat64.class, Placeholder.shape(Shape.of(-1, -1)));
  }

  private static VarHandleOp variable(Ops tf, String name, Shape shape) {
    return tf.varHandleOp(TFloat64.class, shape, VarHandleOp.sharedName(name));
  }

  private static Op zero(Ops tf, VarHandleOp variable, int rows, int columns) {
    return tf.assignVariableOp(
        variable, tf.zeros(tf.constant(new int[] {rows, columns}), TFloat64.class));
  }

  private static void run(Session.Runner runner, List<Op> ops) {
    ops.forEach(runner::addTarget);
    runner.run().close();
  }

  private static Operand<TFloat64> ridge(Ops tf, Operand<TFloat64> gram, int size, double l2) {
    double[] diagonal = new double[size];
    Arrays.fill(diagonal, l2);
    return tf.math.add(gram, tf.linalg.tensorDiag(tf.constant(diagonal)));
  }

  private static double[] doubles(TFloat64 tensor) {
    double[] values = new double[Math.toIntExact(tensor.size())];
    tensor.asRawTensor().data().asDoubles().read(values);
    return values;
  }

  /**
   * Scores a picture.
   *
   * @param features its pre-logits
   * @return a score for each class, near 1 for the best and -1 for the others
   */
  public double[] scores(float[] features) {
    double[] x = new double[features.length + 1];
    whiten(features, x, 0);
    double[] scores = new double[classes];
    for (int d = 0; d < x.length; d++) {
      for (int c = 0; c < classes; c++) {
        scores[c] += x[d] * weights[d * classes + c];
      }
    }
    return scores;
  }
}
