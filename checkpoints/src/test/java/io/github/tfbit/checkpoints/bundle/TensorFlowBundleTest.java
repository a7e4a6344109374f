package io.github.tfbit.checkpoints.bundle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.tfbit.checkpoints.Checkpoint;
import io.github.tfbit.checkpoints.CheckpointException;
import io.github.tfbit.checkpoints.Checkpoints;
import io.github.tfbit.checkpoints.DType;
import io.github.tfbit.checkpoints.Existing;
import io.github.tfbit.checkpoints.MemoryCheckpoint;
import io.github.tfbit.checkpoints.Python;
import io.github.tfbit.checkpoints.TensorInfo;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against TensorFlow itself. */
@Tag("python")
class TensorFlowBundleTest {
  @TempDir Path dir;

  @Test
  void indexesOfSeveralBlocksHaveTensorFlowsBytes() throws Exception {
    Path theirs = dir.resolve("theirs");
    Python.run(
        """
        import sys, numpy as np, tensorflow as tf
        names = ['module/%04d/%s' % (i * 7919 % 4000, 'n' * (i % 90)) for i in range(4000)]
        tf.raw_ops.SaveV2(prefix=sys.argv[1], tensor_names=names, shape_and_slices=[''] * 4000,
                          tensors=[np.full((i % 3, 1), i, '<f4') for i in range(4000)])
        """,
        theirs);
    Path ours = dir.resolve("ours");
    try (BundleReader r = BundleReader.open(theirs)) {
      assertEquals(4000, r.tensors().size());
      BundleWriter.write(ours, r, Existing.REFUSE);
    }
    for (String end : List.of(".index", ".data-00000-of-00001")) {
      assertEquals(-1, Files.mismatch(dir.resolve("theirs" + end), dir.resolve("ours" + end)), end);
    }
  }

  @Test
  void everyTypeIsReadAsItWasSaved() throws Exception {
    Path prefix = dir.resolve("model.ckpt");
    Python.run(
        """
        import sys, numpy as np, tensorflow as tf
        v1 = tf.compat.v1
        x = np.arange(6).reshape(2, 3) - 2.5
        values = {'f4': x.astype('<f4'), 'f8': x, 'f2': x.astype('<f2'), 'i8': np.int64([3, -4]),
                  'bf': x.astype(tf.bfloat16.as_numpy_dtype), 'i4': np.int32(7),
                  'u1': np.uint8([1]), 'b': np.array([True])}
        with tf.Graph().as_default(), v1.Session() as s:
            for name, value in values.items():
                v1.get_variable(name, initializer=value, use_resource=False)
            s.run(v1.global_variables_initializer())
            v1.train.Saver().save(s, sys.argv[1], write_meta_graph=False)
        """,
        prefix);
    try (BundleReader r = BundleReader.open(prefix)) {
      Map<String, DType> types = new HashMap<>();
      r.tensors().forEach(t -> types.put(t.name(), t.dtype()));
      assertEquals(
          Map.of(
              "f4",
              DType.FLOAT32,
              "f8",
              DType.FLOAT64,
              "f2",
              DType.FLOAT16,
              "i8",
              DType.INT64,
              "bf",
              DType.BFLOAT16),
          types);
      assertEquals(Map.of("i4", "DT_INT32", "u1", "DT_UINT8", "b", "DT_BOOL"), r.skipped());
      assertEquals(-4, r.bytes("i8").getLong(8));
      assertEquals((short) 0xc020, r.bytes("bf").getShort(0)); // -2.5
      assertEquals((short) 0xc100, r.bytes("f2").getShort(0));
    }
  }

  @Test
  void severalDataFilesAreReadInTheirOrder() throws Exception {
    Path prefix = dir.resolve("sharded");
    Python.run(
        """
        import sys, numpy as np, tensorflow as tf
        parts = []
        for i, names in enumerate((['z', 'y'], ['x'], ['w', 'v'])):
            p = f'{sys.argv[1]}_temp/part{i}'
            tf.raw_ops.SaveV2(prefix=p, tensor_names=names, shape_and_slices=[''] * len(names),
                              tensors=[np.full((i + 2,), ord(n), '<f4') for n in names])
            parts.append(p)
        tf.raw_ops.MergeV2Checkpoints(checkpoint_prefixes=parts, destination_prefix=sys.argv[1])
        """,
        prefix);
    assertTrue(Files.exists(ShardFile.path(prefix, 2, 3)));
    try (BundleReader r = BundleReader.open(prefix)) {
      assertEquals(
          List.of("z", "y", "x", "w", "v"), r.tensors().stream().map(TensorInfo::name).toList());
      for (TensorInfo t : r.tensors()) {
        assertEquals(t.name().charAt(0), r.bytes(t.name()).getFloat(), t.name());
      }
    }
  }

  @Test
  void objectGraphsOfTensorFlow2NameTheirVariables() throws Exception {
    Path prefix = dir.resolve("objects");
    Python.run(
        """
        import sys, tensorflow as tf
        root = tf.Module()
        root.layer = tf.Module()
        setattr(root.layer, 'a.b/c:0', tf.Variable([1.5], name='resnet/a.b/c'))
        tf.train.Checkpoint(model=root).write(sys.argv[1])
        """,
        prefix);
    try (BundleReader r = BundleReader.open(prefix)) {
      String key = "model/layer/a..b.Sc:0/.ATTRIBUTES/VARIABLE_VALUE";
      assertEquals("resnet/a.b/c", r.fullNames().get(key));
      assertEquals(List.of(new TensorInfo(key, DType.FLOAT32, List.of(1))), r.tensors());
      assertEquals("a.b/c:0", ObjectKeys.localName(key).orElseThrow());
    }
  }

  @Test
  void partitionedVariablesAreUnsupported() throws Exception {
    Path prefix = dir.resolve("parts");
    Python.run(
        """
        import sys, numpy as np, tensorflow as tf
        tf.raw_ops.SaveV2(prefix=sys.argv[1], tensor_names=['x', 'x'],
                          shape_and_slices=['4 0,2', '4 2,2'], tensors=[[1., 2.], [3., 4.]])
        """,
        prefix);
    var e = assertThrows(CheckpointException.Unsupported.class, () -> BundleReader.open(prefix));
    assertTrue(e.problem().found().contains("slices"), e.getMessage());
  }

  @Test
  void tensorFlowReadsWhatWeWrite() throws Exception {
    ByteBuffer half = ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN);
    half.putShort(0, (short) 0x3e00).putShort(2, (short) 0xc100); // 1.5, -2.5
    MemoryCheckpoint weights =
        new MemoryCheckpoint()
            .add("module/größe", List.of(2, 3), 0, 1, 2, 3, 4, 5)
            .add("half", DType.FLOAT16, List.of(2, 1), half.array())
            .add("s", List.of(), 2.5f)
            .add("e", List.of(0, 2));
    BundleWriter.write(dir.resolve("ours"), weights, Existing.REFUSE);
    Python.run(
        """
        import sys, numpy as np, tensorflow as tf
        r = tf.train.load_checkpoint(sys.argv[1])
        assert r.get_variable_to_shape_map() == {
            'module/größe': [2, 3], 'half': [2, 1], 's': [], 'e': [0, 2]}
        np.testing.assert_array_equal(
            r.get_tensor('module/größe'), np.arange(6, dtype='<f4').reshape(2, 3))
        np.testing.assert_array_equal(r.get_tensor('half'), np.float16([[1.5], [-2.5]]))
        assert r.get_tensor('s') == 2.5 and r.get_tensor('e').shape == (0, 2)
        """,
        dir.resolve("ours"));
  }

  @Test
  void halfPrecisionIsWidenedExactly() throws Exception {
    Path prefix = dir.resolve("half");
    Python.run(
        """
        import sys, numpy as np, tensorflow as tf
        every = np.arange(65536).astype('<u2')
        half = every.view('<f2')
        tf.raw_ops.SaveV2(prefix=sys.argv[1], tensor_names=['half', 'bf', 'half4', 'bf4'],
                          shape_and_slices=[''] * 4, tensors=[
            half, tf.bitcast(every, tf.bfloat16), half.astype('<f4'),
            (every.astype('<u4') << 16).view('<f4')])
        """,
        prefix);
    try (Checkpoint c = Checkpoints.asFloat32(BundleReader.open(prefix))) {
      for (String name : List.of("half", "bf")) {
        var ours = c.bytes(name).asFloatBuffer();
        var numpys = c.bytes(name + "4").asFloatBuffer();
        for (int i = 0; i < 65536; i++) {
          assertEquals(numpys.get(i), ours.get(i), name + " " + i);
        }
      }
    }
  }
}
