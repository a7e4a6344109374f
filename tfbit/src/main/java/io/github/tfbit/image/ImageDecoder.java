package io.github.tfbit.image;

import io.github.tfbit.checkpoints.Problem;
import io.github.tfbit.data.ImageException;
import io.github.tfbit.data.ImageSize;
import io.github.tfbit.data.ImageSource;
import io.github.tfbit.graph.TensorFlowRuntime;
import java.io.IOException;
import java.nio.FloatBuffer;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.exceptions.TFInvalidArgumentException;
import org.tensorflow.ndarray.NdArrays;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.proto.ConfigProto;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TString;
import org.tensorflow.types.family.TNumber;

/**
 * Decodes pictures for judgement: decode, resize to the size that is asked for, scale to [-1, 1].
 * Safe from any thread; owns a graph and a session on the CPU.
 */
public final class ImageDecoder implements AutoCloseable {
  /**
   * The most pixels of a picture that is decoded. Cameras make up to about 60 million; three bytes
   * for each are 192 MB, which a hostile header of a few bytes could otherwise multiply at will.
   */
  public static final long MAX_PIXELS = 64_000_000;

  private final Decoding decoding;
  private final Graph graph;
  private final Session session;
  private final Operand<TString> encoded;
  private final Operand<TInt32> size;
  private final Operand<TInt32> orientation;
  private final Operand<TFloat32> image;

  private ImageDecoder(Decoding decoding, Graph graph, int threads) {
    this.decoding = decoding;
    this.graph = graph;
    Ops tf = Ops.create(graph);
    encoded = tf.placeholder(TString.class, Placeholder.shape(Shape.scalar()));
    size = tf.placeholder(TInt32.class, Placeholder.shape(Shape.of(2)));
    orientation = tf.placeholder(TInt32.class, Placeholder.shape(Shape.scalar()));
    Operand<? extends TNumber> pixels = Preprocessing.decode(tf, encoded, decoding.background());
    Operand<? extends TNumber> upright =
        decoding.exif() ? Turning.turn(tf, pixels, orientation) : pixels;
    image = Preprocessing.scale(tf, Preprocessing.resize(tf, upright, size));
    session = new Session(graph, onCpu(threads));
  }

  /**
   * Builds the graph.
   *
   * @param decoding what a file's pixels are taken to be
   * @param threads that the session may use; 0 for all cores
   * @return a decoder, to be closed
   */
  public static ImageDecoder open(Decoding decoding, int threads) {
    TensorFlowRuntime.prepare();
    Graph graph = new Graph();
    try {
      return new ImageDecoder(decoding, graph, threads);
    } catch (RuntimeException | Error e) {
      graph.close();
      throw e;
    }
  }

  /** What a file's pixels are taken to be. */
  Decoding decoding() {
    return decoding;
  }

  /** Decoding needs no GPU and must not claim one. */
  static ConfigProto onCpu(int threads) {
    return ConfigProto.newBuilder()
        .putDeviceCount("GPU", 0)
        .setIntraOpParallelismThreads(threads)
        .setInterOpParallelismThreads(threads)
        .build();
  }

  /**
   * Decodes one picture.
   *
   * @param source the picture
   * @param to height and width to resize to; the aspect is not kept
   * @param target receives {@code [height, width, 3]} in [-1, 1] from its position on, which moves
   *     by {@link ImageSize#floats()}; direct or heap
   * @throws ImageException if it is not a picture, one cut off, or one of more than {@link
   *     #MAX_PIXELS}; the target is as it was
   * @throws IOException if it cannot be read
   */
  public void decode(ImageSource source, ImageSize to, FloatBuffer target) throws IOException {
    byte[] bytes = source.encoded();
    Decodable picture = Decodable.of(source.name(), bytes, decoding);
    try (TString in = TString.tensorOfBytes(NdArrays.scalarOfObject(picture.bytes()));
        TInt32 sides = TInt32.vectorOf(to.height(), to.width());
        TInt32 lies = TInt32.scalarOf(picture.orientation());
        Result r =
            session
                .runner()
                .feed(encoded, in)
                .feed(size, sides)
                .feed(orientation, lies)
                .fetch(image)
                .run()) {
      int n = to.floats();
      FloatBuffer slot = target.slice().limit(n);
      r.get(0).asRawTensor().data().asFloats().copyTo(DataBuffers.of(slot), n);
      target.position(target.position() + n);
    } catch (TFInvalidArgumentException e) {
      throw refused(source.name(), bytes, e);
    }
  }

  /** What TensorFlow's decoder says, in four parts. */
  static ImageException refused(String name, byte[] bytes, RuntimeException cause) {
    return new ImageException(
        new Problem(
            "a whole JPEG, PNG, GIF, BMP or WebP picture",
            PictureKind.of(bytes).describe(bytes),
            name,
            "replace the file or take it out of the data"),
        cause);
  }

  @Override
  public void close() {
    session.close();
    graph.close();
  }
}
