package io.github.tfbit.image;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.OperationBuilder;
import org.tensorflow.ndarray.NdArrays;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TNumber;

/**
 * Turns a decoded picture by its EXIF orientation, 1 to 8, as a graph function: the pixels stay
 * those of the decoder, only their places change. From 5 on the picture is transposed first; then
 * rows and columns are reversed (CIPA DC-008, tag 0x0112).
 */
final class Turning {
  /** Of each orientation, 0 and 1 being upright: whether columns are reversed. */
  private static final boolean[] COLUMNS = {
    false, false, true, true, false, false, true, true, false
  };

  /** Of each orientation: whether rows are reversed. */
  private static final boolean[] ROWS = {false, false, false, true, true, false, false, true, true};

  /** The first orientation that is transposed. */
  private static final int TRANSPOSED = 5;

  private Turning() {}

  /**
   * Turns one picture.
   *
   * @param pixels {@code [height, width, 3]}
   * @param orientation {@code []}, from 1 to 8
   */
  static <T extends TNumber> Operand<T> turn(
      Ops tf, Operand<T> pixels, Operand<TInt32> orientation) {
    Operand<TBool> sideways = tf.math.greaterEqual(orientation, tf.constant(TRANSPOSED));
    Operand<T> upright =
        tf.linalg.transpose(pixels, tf.select(sideways, tf.array(1, 0, 2), tf.array(0, 1, 2)));
    Operand<TBool> axes =
        tf.stack(
            List.of(of(tf, ROWS, orientation), of(tf, COLUMNS, orientation), tf.constant(false)));
    OperationBuilder reverse = tf.scope().opBuilder("Reverse", "Reverse");
    reverse.addInput(upright.asOutput());
    reverse.addInput(axes.asOutput());
    return reverse.build().<T>output(0);
  }

  private static Operand<TBool> of(Ops tf, boolean[] table, Operand<TInt32> orientation) {
    return tf.gather(tf.constant(NdArrays.vectorOf(table)), orientation, tf.constant(0));
  }
}
