package io.github.tfbit.doctor;

import io.github.tfbit.checkpoints.Problem;
import io.github.tfbit.data.ImageException;
import io.github.tfbit.data.ImageSize;
import io.github.tfbit.doctor.Seeing.Alpha;
import io.github.tfbit.doctor.Seeing.Kernel;
import io.github.tfbit.graph.TensorFlowRuntime;
import io.github.tfbit.image.PictureHeader;
import io.github.tfbit.image.Preprocessing;
import io.github.tfbit.image.Rgb;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
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
import org.tensorflow.op.image.ResizeBicubic;
import org.tensorflow.op.image.ResizeBilinear;
import org.tensorflow.op.image.ResizeNearestNeighbor;
import org.tensorflow.op.image.ScaleAndTranslate;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TString;

/** Turns files into pixels in every usual way. Owns a graph and a session on the CPU. */
final class Eye implements AutoCloseable {
  private static final float HALF = 127.5f;

  private final Graph graph = new Graph();
  private final Session session;
  private final Operand<TString> encoded;
  private final Map<Alpha, Operand<TFloat32>> decoded = new EnumMap<>(Alpha.class);
  private final Operand<TFloat32> pixels;
  private final Operand<TInt32> sides;
  private final Map<Kernel, Operand<TFloat32>> resized = new EnumMap<>(Kernel.class);

  Eye() {
    TensorFlowRuntime.prepare();
    Ops tf = Ops.create(graph);
    encoded = tf.placeholder(TString.class, Placeholder.shape(Shape.scalar()));
    decoded.put(Alpha.DROPPED, tf.dtypes.cast(Preprocessing.decode(tf, encoded), TFloat32.class));
    decoded.put(Alpha.BLACK, onto(tf, new Rgb(0, 0, 0)));
    decoded.put(Alpha.WHITE, onto(tf, new Rgb(255, 255, 255)));
    pixels = tf.placeholder(TFloat32.class, Placeholder.shape(Shape.of(1, -1, -1, 3)));
    sides = tf.placeholder(TInt32.class, Placeholder.shape(Shape.of(2)));
    for (Kernel kernel : Kernel.values()) {
      resized.put(kernel, resize(tf, kernel));
    }
    session = new Session(graph);
  }

  private Operand<TFloat32> onto(Ops tf, Rgb background) {
    return tf.dtypes.cast(
        Preprocessing.decode(tf, encoded, Optional.of(background)), TFloat32.class);
  }

  private Operand<TFloat32> resize(Ops tf, Kernel kernel) {
    return switch (kernel) {
      case BILINEAR -> Preprocessing.resizeAll(tf, pixels, sides);
      case LEGACY -> tf.image.resizeBilinear(pixels, sides);
      case ALIGNED_CORNERS ->
          tf.image.resizeBilinear(pixels, sides, ResizeBilinear.alignCorners(true));
      case NEAREST ->
          tf.image.resizeNearestNeighbor(
              pixels, sides, ResizeNearestNeighbor.halfPixelCenters(true));
      case BICUBIC -> tf.image.resizeBicubic(pixels, sides, ResizeBicubic.halfPixelCenters(true));
      case AREA -> tf.image.resizeArea(pixels, sides);
      case ANTIALIASED -> antialiased(tf, "triangle");
      case ANTIALIASED_BICUBIC -> antialiased(tf, "keyscubic");
    };
  }

  private Operand<TFloat32> antialiased(Ops tf, String kernel) {
    Operand<TInt32> from = tf.slice(tf.shape(pixels), tf.array(1), tf.array(2));
    Operand<TFloat32> scale =
        tf.math.div(tf.dtypes.cast(sides, TFloat32.class), tf.dtypes.cast(from, TFloat32.class));
    return tf.image.scaleAndTranslate(
        pixels,
        sides,
        scale,
        tf.array(0f, 0f),
        ScaleAndTranslate.kernelType(kernel).antialias(true));
  }

  /** Pixels {@code [height, width, 3]} and how large they are. */
  @SuppressWarnings("ArrayRecordComponent")
  record Sight(float[] pixels, ImageSize size) {}

  /**
   * Looks at a picture.
   *
   * @param file its bytes
   * @param seeing how
   * @return pixels in [-1, 1]
   * @throws ImageException if it is no picture
   */
  Sight look(byte[] file, Seeing seeing) throws ImageException {
    Sight sight = decode(file, seeing.alpha());
    if (seeing.exif()) {
      sight = Turned.by(sight, PictureHeader.of(file).orientation());
    }
    sight = cropped(sight, seeing.crop());
    if (seeing.size().isPresent()) {
      sight = resized(sight, seeing.kernel(), seeing.size().get());
    }
    float[] scaled = sight.pixels();
    for (int i = 0; i < scaled.length; i++) {
      scaled[i] = (scaled[i] - HALF) / HALF;
    }
    return sight;
  }

  private Sight decode(byte[] file, Alpha alpha) throws ImageException {
    try (TString in = TString.tensorOfBytes(NdArrays.scalarOfObject(file));
        Result r = session.runner().feed(encoded, in).fetch(decoded.get(alpha)).run()) {
      Shape shape = r.get(0).shape();
      ImageSize size = new ImageSize((int) shape.get(0), (int) shape.get(1));
      return new Sight(floats(r, size), size);
    } catch (TFInvalidArgumentException e) {
      throw new ImageException(
          new Problem(
              "a whole JPEG, PNG, GIF or BMP picture",
              file.length + " bytes that TensorFlow does not decode",
              "a picture to compare by",
              "leave it out"),
          e);
    }
  }

  private static float[] floats(Result r, ImageSize size) {
    float[] values = new float[size.floats()];
    r.get(0).asRawTensor().data().asFloats().read(values);
    return values;
  }

  private Sight resized(Sight sight, Kernel kernel, ImageSize to) {
    Shape shape = Shape.of(1, sight.size().height(), sight.size().width(), 3);
    try (TFloat32 in = TFloat32.tensorOf(shape, DataBuffers.of(sight.pixels()));
        TInt32 size = TInt32.vectorOf(to.height(), to.width());
        Result r =
            session.runner().feed(pixels, in).feed(sides, size).fetch(resized.get(kernel)).run()) {
      return new Sight(floats(r, to), to);
    }
  }

  private static Sight cropped(Sight sight, Seeing.Crop crop) {
    if (crop == Seeing.Crop.NONE) {
      return sight;
    }
    int height = sight.size().height();
    int width = sight.size().width();
    int square = Math.min(height, width);
    int side = crop == Seeing.Crop.SQUARE ? square : Math.max(1, square * 7 / 8);
    int top = (height - side) / 2;
    int left = (width - side) / 2;
    float[] cut = new float[3 * side * side];
    for (int y = 0; y < side; y++) {
      System.arraycopy(sight.pixels(), 3 * ((top + y) * width + left), cut, 3 * y * side, 3 * side);
    }
    return new Sight(cut, ImageSize.square(side));
  }

  @Override
  public void close() {
    session.close();
    graph.close();
  }
}
