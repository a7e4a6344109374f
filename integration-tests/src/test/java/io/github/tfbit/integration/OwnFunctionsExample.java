package io.github.tfbit.integration;

import io.github.tfbit.FineTuning;
import io.github.tfbit.HyperRule;
import io.github.tfbit.Run;
import io.github.tfbit.checkpoints.Checkpoint;
import io.github.tfbit.data.ImageDatasets;
import io.github.tfbit.graph.HeadFunction;
import io.github.tfbit.image.PictureFunction;
import io.github.tfbit.train.LossFunction;
import java.io.IOException;
import java.nio.file.Path;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;

/** The example of docs/embedding.md: a head, a loss and an augmentation of one's own. */
final class OwnFunctionsExample {
  private OwnFunctionsExample() {}

  /** Cross-entropy with smoothed labels: 0.9 for the class, the rest for all. */
  static final LossFunction SMOOTHED =
      (tf, logits, labels) -> {
        Operand<TFloat32> classes =
            tf.dtypes.cast(tf.shape.size(tf.shape(logits), tf.constant(1)), TFloat32.class);
        Operand<TFloat32> smooth =
            tf.math.add(
                tf.math.mul(labels, tf.constant(0.9f)), tf.math.div(tf.constant(0.1f), classes));
        return tf.nn.softmaxCrossEntropyWithLogits(logits, smooth).loss();
      };

  /** Logits at a lower temperature. */
  static final HeadFunction SHARPER =
      (tf, features, kernel, bias) ->
          tf.math.mul(HeadFunction.LINEAR.logits(tf, features, kernel, bias), tf.constant(2f));

  /** A little brighter or darker, by chance. */
  static final PictureFunction BRIGHTNESS =
      (tf, picture, seed) -> {
        Operand<TInt64> another = tf.math.add(seed, tf.constant(1L << 40));
        Operand<TFloat32> chance =
            tf.random.statelessRandomUniform(tf.array(1), another, TFloat32.class);
        Operand<TFloat32> by =
            tf.math.mul(tf.math.sub(chance, tf.constant(0.5f)), tf.constant(0.2f));
        return tf.math.add(picture, by);
      };

  static Run train(Checkpoint upstream, HyperRule rule, Path photos, Path run) throws IOException {
    ImageDatasets.Split data = ImageDatasets.open(photos, 0.1, 0);
    return FineTuning.from(upstream, data.train())
        .validation(data.heldOut())
        .hyperRule(rule)
        .head("sharper", SHARPER)
        .loss("label smoothing 0.1", SMOOTHED)
        .augmentation("brightness 0.1", BRIGHTNESS)
        .run(run)
        .build()
        .call();
  }
}
