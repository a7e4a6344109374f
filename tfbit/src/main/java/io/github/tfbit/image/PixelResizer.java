package io.github.tfbit.image;

import io.github.tfbit.data.ImageSize;
import io.github.tfbit.graph.TensorFlowRuntime;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TUint8;

/**
 * Prepares pictures that are decoded already: resize, scale to [-1, 1], as {@link ImageDecoder}
 * does after decoding. Safe from any thread; owns a graph and a session on the CPU.
 */
public final class PixelResizer implements AutoCloseable {
  private final Graph graph;
  private final Session session;
  private final Operand<TUint8> pixels;
  private final Operand<TInt32> size;
  private final Operand<TFloat32> image;

  private PixelResizer(Graph graph, int threads) {
    this.graph = graph;
    Ops tf = Ops.create(graph);
    pixels = tf.placeholder(TUint8.class, Placeholder.shape(Shape.of(-1, -1, 3)));
    size = tf.placeholder(TInt32.class, Placeholder.shape(Shape.of(2)));
    image = Preprocessing.scale(tf, Preprocessing.resize(tf, pixels, size));
    session = new Session(graph, ImageDecoder.onCpu(threads));
  }

  /**
   * Builds the graph.
   *
   * @param threads that the session may use; 0 for all cores
   * @return a resizer, to be closed
   */
  public static PixelResizer open(int threads) {
    TensorFlowRuntime.prepare();
    Graph graph = new Graph();
    try {
      return new PixelResizer(graph, threads);
    } catch (RuntimeException | Error e) {
      graph.close();
      throw e;
    }
  }

  /**
   * Resizes and scales one picture.
   *
   * @param rgb {@code [height, width, 3]} in C order, unsigned bytes
   * @param from its height and width
   * @param to height and width to resize to; the aspect is not kept
   * @return {@code [height, width, 3]} in [-1, 1]
   * @throws IllegalArgumentException if the bytes are not one picture of that size
   */
  public float[] resize(byte[] rgb, ImageSize from, ImageSize to) {
    if (rgb.length != from.floats()) {
      throw new IllegalArgumentException(
          "expected " + from.floats() + " bytes, 3 x " + from + ", found " + rgb.length);
    }
    Shape shape = Shape.of(from.height(), from.width(), 3);
    try (TUint8 in = TUint8.tensorOf(shape, DataBuffers.of(rgb, true, false));
        TInt32 sides = TInt32.vectorOf(to.height(), to.width());
        Result r = session.runner().feed(pixels, in).feed(size, sides).fetch(image).run()) {
      float[] values = new float[to.floats()];
      r.get(0).asRawTensor().data().asFloats().read(values);
      return values;
    }
  }

  @Override
  public void close() {
    session.close();
    graph.close();
  }
}
