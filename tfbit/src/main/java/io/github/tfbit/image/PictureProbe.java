package io.github.tfbit.image;

import io.github.tfbit.data.ImageException;
import io.github.tfbit.graph.TensorFlowRuntime;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.exceptions.TFInvalidArgumentException;
import org.tensorflow.ndarray.NdArrays;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TString;

/**
 * Finds out whether pictures can be decoded, at full size and by what decodes them later. Safe from
 * any thread; owns a graph and a session on the CPU.
 */
public final class PictureProbe implements AutoCloseable {
  private final Decoding decoding;
  private final Graph graph;
  private final Session session;
  private final Operand<TString> encoded;
  private final Operand<TInt32> shape;

  private PictureProbe(Decoding decoding, Graph graph, int threads) {
    this.decoding = decoding;
    this.graph = graph;
    Ops tf = Ops.create(graph);
    encoded = tf.placeholder(TString.class, Placeholder.shape(Shape.scalar()));
    shape = tf.shape(Preprocessing.decode(tf, encoded, decoding.background()));
    session = new Session(graph, ImageDecoder.onCpu(threads));
  }

  /**
   * Builds the graph.
   *
   * @param decoding what a file's pixels are taken to be
   * @param threads that the session may use; 0 for all cores
   * @return a probe, to be closed
   */
  public static PictureProbe open(Decoding decoding, int threads) {
    TensorFlowRuntime.prepare();
    Graph graph = new Graph();
    try {
      return new PictureProbe(decoding, graph, threads);
    } catch (RuntimeException | Error e) {
      graph.close();
      throw e;
    }
  }

  /**
   * Decodes one picture and forgets its pixels.
   *
   * @param name of the picture in messages
   * @param file its bytes
   * @throws ImageException if it is not a picture, one cut off, or one of more than {@link
   *     ImageDecoder#MAX_PIXELS}
   */
  public void probe(String name, byte[] file) throws ImageException {
    Decodable picture = Decodable.of(name, file, decoding);
    try (TString in = TString.tensorOfBytes(NdArrays.scalarOfObject(picture.bytes()))) {
      session.runner().feed(encoded, in).fetch(shape).run().close();
    } catch (TFInvalidArgumentException e) {
      throw ImageDecoder.refused(name, file, e);
    }
  }

  @Override
  public void close() {
    session.close();
    graph.close();
  }
}
