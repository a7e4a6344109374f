package io.github.tfbit.image;

import java.util.List;
import java.util.Optional;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Squeeze;
import org.tensorflow.op.image.ResizeBilinear;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.TString;
import org.tensorflow.types.TUint8;
import org.tensorflow.types.family.TNumber;

/**
 * What happens to a picture before the network, as graph functions without state. The order is the
 * official one: decode, resize, crop, mirror, scale (input_pipeline_tf2_or_jax.py at 140de6e).
 */
public final class Preprocessing {
  /** Half of the range of a byte: pixels become (x - 127.5) / 127.5, from -1 to 1. */
  private static final float HALF_RANGE = 127.5f;

  private static final long CHANNELS = 3;

  private Preprocessing() {}

  /**
   * Decodes one picture: JPEG (with the discrete cosine transform that TensorFlow's Python uses by
   * default), PNG, GIF (first frame) or BMP. Grey is repeated, alpha dropped, of 16-bit samples the
   * high byte kept, EXIF ignored.
   *
   * @param tf where to add operations
   * @param encoded {@code []}, a file's bytes; others make the run fail with an invalid argument
   * @return uint8 {@code [height, width, 3]}
   */
  public static Operand<TUint8> decode(Ops tf, Operand<TString> encoded) {
    return Transparency.dropped(tf, encoded);
  }

  /**
   * Decodes one picture before a background, if there is one. A colour of a PNG or WebP becomes
   * {@code (colour * alpha + background * (255 - alpha)) / 255}, unrounded; JPEG has no alpha, and
   * of a GIF's TensorFlow does not tell.
   *
   * @param tf where to add operations
   * @param encoded {@code []}, a file's bytes; others make the run fail with an invalid argument
   * @param background what shows through; empty to drop alpha
   * @return {@code [height, width, 3]} from 0 to 255, uint8 without and float32 with a background
   */
  public static Operand<? extends TNumber> decode(
      Ops tf, Operand<TString> encoded, Optional<Rgb> background) {
    return background.isPresent()
        ? Transparency.onto(tf, encoded, background.get())
        : Transparency.dropped(tf, encoded);
  }

  /**
   * Resizes one picture: bilinear between half-pixel centres, without antialiasing, as {@code
   * tf.image.resize} of TensorFlow 2.
   *
   * @param tf where to add operations
   * @param pixels uint8 or float32 {@code [height, width, 3]}
   * @param size int32 {@code [2]}: new height and width in pixels
   * @return float32 {@code [height, width, 3]}, from 0 to 255
   */
  public static Operand<TFloat32> resize(
      Ops tf, Operand<? extends TNumber> pixels, Operand<TInt32> size) {
    Operand<TFloat32> batch = resizeAll(tf, tf.expandDims(pixels, tf.constant(0)), size);
    return tf.squeeze(batch, Squeeze.axis(List.of(0L)));
  }

  /**
   * Resizes pictures of one size, each as {@link #resize} would.
   *
   * @param tf where to add operations
   * @param pixels uint8 or float32 {@code [batch, height, width, 3]}
   * @param size int32 {@code [2]}: new height and width in pixels
   * @return float32 {@code [batch, height, width, 3]}, from 0 to 255
   */
  public static Operand<TFloat32> resizeAll(
      Ops tf, Operand<? extends TNumber> pixels, Operand<TInt32> size) {
    return tf.image.resizeBilinear(pixels, size, ResizeBilinear.halfPixelCenters(true));
  }

  /**
   * Scales pixels to [-1, 1].
   *
   * @param tf where to add operations
   * @param pixels float32 from 0 to 255, any shape
   * @return {@code (pixels - 127.5) / 127.5}
   */
  public static Operand<TFloat32> scale(Ops tf, Operand<TFloat32> pixels) {
    Operand<TFloat32> half = tf.constant(HALF_RANGE);
    return tf.math.div(tf.math.sub(pixels, half), half);
  }

  /**
   * Cuts a square.
   *
   * @param tf where to add operations
   * @param pixels float32 {@code [height, width, 3]}
   * @param corner int32 {@code [2]}: first row and column
   * @param side of the square in pixels
   * @return float32 {@code [side, side, 3]}
   */
  public static Operand<TFloat32> crop(
      Ops tf, Operand<TFloat32> pixels, Operand<TInt32> corner, int side) {
    Operand<TInt32> begin = tf.concat(List.of(corner, tf.array(0)), tf.constant(0));
    return tf.slice(pixels, begin, tf.array(side, side, (int) CHANNELS));
  }

  /**
   * Mirrors a picture, left for right.
   *
   * @param tf where to add operations
   * @param pixels float32 {@code [height, width, 3]}
   * @param mirror {@code []}, whether to
   * @return the same shape
   */
  public static Operand<TFloat32> mirror(Ops tf, Operand<TFloat32> pixels, Operand<TBool> mirror) {
    return tf.select(mirror, tf.reverse(pixels, tf.array(1)), pixels);
  }

  /**
   * A whole training picture. Its crop and mirroring are pure functions of the seed and of the
   * picture's position in the run: three numbers by a stateless generator.
   *
   * @param tf where to add operations
   * @param pixels {@code [height, width, 3]}, decoded
   * @param seed int64 {@code [2]}: the run's seed, and how many pictures the run saw before
   * @param augmentation what may happen
   * @return float32 {@code [crop, crop, 3]} in [-1, 1]
   */
  public static Operand<TFloat32> augment(
      Ops tf, Operand<? extends TNumber> pixels, Operand<TInt64> seed, Augmentation augmentation) {
    int resize = augmentation.resize();
    int crop = augmentation.crop();
    Operand<TFloat32> image = resize(tf, pixels, tf.array(resize, resize));
    Operand<TFloat32> random = tf.random.statelessRandomUniform(tf.array(3), seed, TFloat32.class);
    if (crop < resize) {
      // Below 1 by at least 2^-23, so that the product stays below its bound for any side.
      Operand<TFloat32> free = tf.constant((float) (resize - crop + 1));
      Operand<TFloat32> at = tf.math.mul(tf.slice(random, tf.array(0), tf.array(2)), free);
      image = crop(tf, image, tf.dtypes.cast(tf.math.floor(at), TInt32.class), crop);
    }
    if (augmentation.flip() == Flip.HORIZONTAL) {
      Operand<TFloat32> coin = tf.squeeze(tf.slice(random, tf.array(2), tf.array(1)));
      image = mirror(tf, image, tf.math.less(coin, tf.constant(0.5f)));
    }
    return scale(tf, tf.ensureShape(image, Shape.of(crop, crop, CHANNELS)));
  }
}
