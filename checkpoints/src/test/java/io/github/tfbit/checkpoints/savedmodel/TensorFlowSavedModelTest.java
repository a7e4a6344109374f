package io.github.tfbit.checkpoints.savedmodel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.tfbit.checkpoints.Existing;
import io.github.tfbit.checkpoints.Python;
import io.github.tfbit.checkpoints.testing.CheckpointContract;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against TensorFlow itself. */
@Tag("python")
class TensorFlowSavedModelTest {
  @TempDir Path dir;

  @Test
  void tensorFlowLoadsWhatWeWrite() throws Exception {
    Path ours = dir.resolve("ours");
    Map<String, byte[]> assets =
        Map.of("labels.txt", "cat\ndog\n".getBytes(StandardCharsets.UTF_8), "b.txt", new byte[0]);
    SavedModelWriter.write(
        ours, CheckpointContract.tiny(), n -> "resnet/" + n, assets, Existing.REFUSE);
    Python.run(
        """
        import sys, numpy as np, tensorflow as tf
        model = tf.saved_model.load(sys.argv[1])
        values = {'a/x': np.arange(6, dtype='<f4').reshape(2, 3), 's': np.float32(2.5),
                  'e': np.zeros((0, 2), '<f4')}
        reader = tf.train.load_checkpoint(sys.argv[1] + '/variables/variables')
        for name, value in values.items():
            name = f'resnet/{name}:0'
            variable = getattr(model, name)
            assert variable.name == name and variable.dtype == tf.float32 and variable.trainable
            np.testing.assert_array_equal(variable.numpy(), value)
            key = name.replace('/', '.S') + '/.ATTRIBUTES/VARIABLE_VALUE'
            np.testing.assert_array_equal(reader.get_tensor(key), value)
        labels = getattr(model, 'labels.txt').asset_path.numpy()
        assert tf.io.gfile.GFile(labels).read() == 'cat\\ndog\\n'
        tf.saved_model.load(sys.argv[1], tags='serve')
        """,
        ours);
  }

  @Test
  void kerasModelsAreUnderstoodThroughTheirFunctions() throws Exception {
    Path in = dir.resolve("inside");
    Path out = dir.resolve("outside");
    Python.run(
        """
        import sys, tensorflow as tf
        k = tf.keras
        for path, scaled in zip(sys.argv[1:], (True, False)):
            x = y = k.Input((None, None, 3))
            if scaled:
                y = k.layers.Rescaling(2., -1.)(y)
            y = k.layers.ZeroPadding2D(3)(y)
            y = k.layers.Conv2D(4, 7, strides=2)(y)
            k.Model(x, k.layers.GlobalAveragePooling2D()(y)).export(path, verbose=False)
        """,
        in,
        out);
    assertEquals(InputScaling.SCALED_INSIDE, SavedModel.open(in).serving().inputScaling());
    assertEquals(InputScaling.NOT_SCALED, SavedModel.open(out).serving().inputScaling());
  }
}
