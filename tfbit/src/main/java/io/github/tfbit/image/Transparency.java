package io.github.tfbit.image;

import org.tensorflow.Operand;
import org.tensorflow.OperationBuilder;
import org.tensorflow.Output;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.proto.DataType;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TString;
import org.tensorflow.types.TUint8;

/** Decoding of pictures with or without regard to their alpha, as graph functions. */
final class Transparency {
  private static final long CHANNELS = 3;
  private static final float OPAQUE = 255;

  private Transparency() {}

  /** Three channels whatever the file has: grey repeated, alpha dropped. */
  static Operand<TUint8> dropped(Ops tf, Operand<TString> encoded) {
    return tf.ensureShape(decode(tf, encoded, CHANNELS), Shape.of(-1, -1, CHANNELS));
  }

  /**
   * Three channels before a background: {@code colour + (background - colour) * (255 - alpha) /
   * 255}, not rounded. The number of channels is known when the picture is decoded: 1 grey, 2 grey
   * and alpha, 3 RGB, 4 RGB and alpha. In this form a picture without alpha keeps its values
   * exactly, though TensorFlow multiplies by 1 / 255 where the formula divides.
   */
  static Operand<TFloat32> onto(Ops tf, Operand<TString> encoded, Rgb background) {
    Operand<TUint8> decoded = tf.ensureShape(decode(tf, encoded, 0), Shape.of(-1, -1, -1));
    Operand<TFloat32> pixels = tf.dtypes.cast(decoded, TFloat32.class);
    Operand<TInt32> channels = tf.squeeze(tf.slice(tf.shape(pixels), tf.array(2), tf.array(1)));
    Operand<TInt32> odd = tf.math.mod(channels, tf.constant(2));
    Operand<TInt32> axis = tf.constant(2);
    Operand<TInt32> last = tf.math.sub(channels, tf.constant(1));
    Operand<TInt32> lastColour = tf.math.sub(tf.math.add(last, odd), tf.constant(1));
    Operand<TFloat32> colours =
        tf.gather(pixels, tf.math.minimum(tf.array(0, 1, 2), lastColour), axis);
    Operand<TFloat32> opaque =
        tf.math.mul(tf.dtypes.cast(odd, TFloat32.class), tf.constant(OPAQUE));
    Operand<TFloat32> alpha =
        tf.math.maximum(tf.gather(pixels, tf.expandDims(last, tf.constant(0)), axis), opaque);
    Operand<TFloat32> behind =
        tf.array((float) background.red(), background.green(), background.blue());
    Operand<TFloat32> share =
        tf.math.div(tf.math.sub(tf.constant(OPAQUE), alpha), tf.constant(OPAQUE));
    Operand<TFloat32> shown =
        tf.math.add(colours, tf.math.mul(tf.math.sub(behind, colours), share));
    return tf.ensureShape(shown, Shape.of(-1, -1, CHANNELS));
  }

  private static Output<TUint8> decode(Ops tf, Operand<TString> encoded, long channels) {
    OperationBuilder b = tf.scope().opBuilder("DecodeImage", "DecodeImage");
    b.addInput(encoded.asOutput());
    b.setAttr("channels", channels);
    b.setAttr("dtype", DataType.DT_UINT8);
    b.setAttr("expand_animations", false);
    return b.build().output(0);
  }
}
