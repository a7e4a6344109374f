package io.github.tfbit.image;

import io.github.tfbit.data.Example;
import io.github.tfbit.data.ImageException;
import io.github.tfbit.graph.TensorFlowRuntime;
import java.util.ArrayList;
import java.util.List;
import org.tensorflow.ConcreteFunction;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.OperationBuilder;
import org.tensorflow.Output;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.Signature;
import org.tensorflow.exceptions.TFInvalidArgumentException;
import org.tensorflow.ndarray.NdArrays;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.proto.DataType;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.TString;
import org.tensorflow.types.family.TNumber;

/**
 * Decodes and augments many pictures in one run of a session, in parallel: for small pictures the
 * cost of a run exceeds that of the picture. Safe from any thread; owns a graph and a session on
 * the CPU.
 */
public final class BatchDecoder implements AutoCloseable {
  private final Decoding decoding;
  private final ConcreteFunction one;
  private final Graph graph;
  private final Session session;
  private final Operand<TString> encoded;
  private final Operand<TInt64> seeds;
  private final Operand<TInt32> orientations;
  private final Output<TFloat32> images;
  private final long seed;

  /** A picture whose header was looked at. */
  public static final class Prepared {
    private final Example example;
    private final Decodable picture;

    private Prepared(Example example, Decodable picture) {
      this.example = example;
      this.picture = picture;
    }

    /**
     * The picture.
     *
     * @return as it was handed over
     */
    public Example example() {
      return example;
    }
  }

  /** Pictures, ready for the network. Owns their memory. */
  public static final class Decoded implements AutoCloseable {
    private final Result result;

    private Decoded(Result result) {
      this.result = result;
    }

    /**
     * The pictures.
     *
     * @return {@code [n, crop, crop, 3]} in [-1, 1], writable; closed with this
     */
    public TFloat32 images() {
      return (TFloat32) result.get(0);
    }

    @Override
    public void close() {
      result.close();
    }
  }

  private BatchDecoder(
      Decoding decoding, ConcreteFunction one, Graph graph, int side, long seed, int threads) {
    this.decoding = decoding;
    this.one = one;
    this.graph = graph;
    this.seed = seed;
    Ops tf = Ops.create(graph);
    encoded = tf.placeholder(TString.class, Placeholder.shape(Shape.of(-1)));
    seeds = tf.placeholder(TInt64.class, Placeholder.shape(Shape.of(-1, 2)));
    orientations = tf.placeholder(TInt32.class, Placeholder.shape(Shape.of(-1)));
    OperationBuilder b = tf.scope().opBuilder("MapDefun", "MapDefun");
    b.addInputList(new Output<?>[] {encoded.asOutput(), seeds.asOutput(), orientations.asOutput()});
    b.addInputList(new Output<?>[0]);
    b.setAttr("f", one);
    b.setAttr(
        "Targuments", new DataType[] {DataType.DT_STRING, DataType.DT_INT64, DataType.DT_INT32});
    b.setAttr("Tcaptured", new DataType[0]);
    b.setAttr("output_types", new DataType[] {DataType.DT_FLOAT});
    b.setAttr("output_shapes", new Shape[] {Shape.of(side, side, 3)});
    images = b.build().output(0);
    session = new Session(graph, ImageDecoder.onCpu(threads));
  }

  /**
   * Builds the graph.
   *
   * @param decoding what a file's pixels are taken to be
   * @param augmentation what happens to each picture
   * @param seed of the run; decides crops and mirroring together with a picture's position
   * @param threads that the session may use; 0 for all cores
   * @return a decoder, to be closed
   */
  public static BatchDecoder open(
      Decoding decoding, Augmentation augmentation, long seed, int threads) {
    return open(decoding, augmentation, PictureFunction.NONE, seed, threads);
  }

  /**
   * Builds the graph, with an augmentation of one's own in it.
   *
   * @param decoding what a file's pixels are taken to be
   * @param augmentation what happens to each picture
   * @param then what happens to it afterwards
   * @param seed of the run; decides crops and mirroring together with a picture's position
   * @param threads that the session may use; 0 for all cores
   * @return a decoder, to be closed
   */
  public static BatchDecoder open(
      Decoding decoding, Augmentation augmentation, PictureFunction then, long seed, int threads) {
    TensorFlowRuntime.prepare();
    ConcreteFunction one =
        ConcreteFunction.create(tf -> signature(tf, decoding, augmentation, then));
    Graph graph = new Graph();
    try {
      return new BatchDecoder(decoding, one, graph, augmentation.crop(), seed, threads);
    } catch (RuntimeException | Error e) {
      graph.close();
      one.close();
      throw e;
    }
  }

  private static Signature signature(
      Ops tf, Decoding decoding, Augmentation augmentation, PictureFunction then) {
    Operand<TString> bytes = tf.placeholder(TString.class, Placeholder.shape(Shape.scalar()));
    Operand<TInt64> seed = tf.placeholder(TInt64.class, Placeholder.shape(Shape.of(2)));
    Operand<TInt32> orientation = tf.placeholder(TInt32.class, Placeholder.shape(Shape.scalar()));
    Operand<? extends TNumber> pixels = Preprocessing.decode(tf, bytes, decoding.background());
    Operand<? extends TNumber> upright =
        decoding.exif() ? Turning.turn(tf, pixels, orientation) : pixels;
    Operand<TFloat32> image = Preprocessing.augment(tf, upright, seed, augmentation);
    Shape shape = Shape.of(augmentation.crop(), augmentation.crop(), 3);
    return Signature.builder("augment")
        .input("encoded", bytes)
        .input("seed", seed)
        .input("orientation", orientation)
        .output("image", tf.ensureShape(then.apply(tf, image, seed), shape))
        .build();
  }

  /**
   * Decodes pictures.
   *
   * @param examples at least one
   * @param positions of each in the run: how many pictures the run saw before it
   * @return the pictures; the caller closes them
   * @throws ImageException naming the first that is not a picture, one cut off, or one of more than
   *     {@link ImageDecoder#MAX_PIXELS}
   */
  public Decoded decode(List<Example> examples, long[] positions) throws ImageException {
    List<Prepared> prepared = new ArrayList<>();
    for (Example e : examples) {
      prepared.add(prepare(e));
    }
    return decodePrepared(prepared, positions);
  }

  /**
   * What of a picture's decoding is done before TensorFlow's part, to be spread over threads: its
   * header is looked at, and a WebP decoded.
   *
   * @param example the picture
   * @return to be handed to {@link #decodePrepared}
   * @throws ImageException if it is a WebP that cannot be decoded, or a picture of more than {@link
   *     ImageDecoder#MAX_PIXELS}
   */
  public Prepared prepare(Example example) throws ImageException {
    return new Prepared(example, Decodable.of(example.id(), example.encoded(), decoding));
  }

  /**
   * Decodes pictures that {@link #prepare} made.
   *
   * @param pictures at least one
   * @param positions of each in the run: how many pictures the run saw before it
   * @return the pictures; the caller closes them
   * @throws ImageException naming the first that is not a picture, or one cut off
   */
  public Decoded decodePrepared(List<Prepared> pictures, long[] positions) throws ImageException {
    try {
      return run(pictures, positions);
    } catch (TFInvalidArgumentException e) {
      throw culprit(pictures, e);
    }
  }

  private Decoded run(List<Prepared> pictures, long[] positions) {
    int n = pictures.size();
    byte[][] bytes = new byte[n][];
    int[] lie = new int[n];
    long[] pairs = new long[2 * n];
    for (int i = 0; i < n; i++) {
      bytes[i] = pictures.get(i).picture.bytes();
      lie[i] = pictures.get(i).picture.orientation();
      pairs[2 * i] = seed;
      pairs[2 * i + 1] = positions[i];
    }
    try (TString in = TString.tensorOfBytes(NdArrays.vectorOfObjects(bytes));
        TInt64 at = TInt64.tensorOf(Shape.of(n, 2), DataBuffers.of(pairs));
        TInt32 how = TInt32.vectorOf(lie)) {
      return new Decoded(
          session
              .runner()
              .feed(encoded, in)
              .feed(seeds, at)
              .feed(orientations, how)
              .fetch(images)
              .run());
    }
  }

  /** TensorFlow does not say which picture of many it was. */
  private ImageException culprit(List<Prepared> pictures, TFInvalidArgumentException whole) {
    for (Prepared p : pictures) {
      try (Decoded alone = run(List.of(p), new long[] {0})) {
        alone.images();
      } catch (TFInvalidArgumentException cause) {
        return ImageDecoder.refused(p.example.id(), p.example.encoded(), cause);
      }
    }
    throw whole;
  }

  @Override
  public void close() {
    session.close();
    graph.close();
    one.close();
  }
}
