package io.github.tfbit.checkpoints.safetensors;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.tfbit.checkpoints.Python;
import io.github.tfbit.checkpoints.testing.CheckpointContract;
import io.github.tfbit.checkpoints.testing.SeededNetwork;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against the format's own library. */
@Tag("python")
class PythonSafetensorsTest {
  @TempDir Path dir;

  @Test
  void everyDtypeAndNameHasTheLibrarysBytes() throws Exception {
    Path theirs = dir.resolve("theirs.safetensors");
    Python.run(
        """
        import sys, numpy as np
        from safetensors.numpy import save_file
        odd = 'größe"\\\\\\b\\f\\n\\r\\t\\x01\\x7f/'
        save_file({'b/x': np.arange(6, dtype='<f4').reshape(2, 3), 's': np.array(2.5, '<f4'),
                   'e': np.zeros((0, 2), '<f4'), 'A': np.ones(1, '<f4'), 'half': np.ones(3, '<f2'),
                   'd': np.ones((1, 1, 1), '<f8'), 'i': np.arange(3), odd: np.ones(2, '<f4'),
                   '\\uffff': np.ones(1, '<f4'), '\\U0001F600': np.ones(1, '<f4')},
                  sys.argv[1], metadata={odd: odd})
        """,
        theirs);
    try (SafetensorsReader c = SafetensorsReader.open(theirs)) {
      Path ours = dir.resolve("ours.safetensors");
      SafetensorsWriter.write(ours, c, c.metadata());
      assertEquals(-1, Files.mismatch(theirs, ours));
    }
  }

  /** numpy has no BF16; the library's bytes come from its own serializer. */
  @Test
  void bfloat16HasTheLibrarysBytes() throws Exception {
    Path theirs = dir.resolve("theirs.safetensors");
    Python.run(
        """
        import sys, numpy as np
        from safetensors import TensorSpec, serialize
        zeros = np.zeros(8, 'u1')
        spec = {n: TensorSpec(dtype=t, shape=[2], data_ptr=zeros.ctypes.data, data_len=k)
                for n, t, k in [('h', 'float16', 4), ('z', 'bfloat16', 4), ('f', 'float32', 8)]}
        open(sys.argv[1], 'wb').write(serialize(spec))
        """,
        theirs);
    try (SafetensorsReader c = SafetensorsReader.open(theirs)) {
      Path ours = dir.resolve("ours.safetensors");
      SafetensorsWriter.write(ours, c, c.metadata());
      assertEquals(-1, Files.mismatch(theirs, ours));
    }
  }

  @Test
  void aFullSizeFileIsReadAndWrittenToTheByte() throws Exception {
    Path ours = dir.resolve("ours.safetensors");
    SafetensorsWriter.write(ours, SeededNetwork.fullSize(), Map.of("format", "pt"));
    Path theirs = dir.resolve("theirs.safetensors");
    Python.run(
        """
        import sys
        from safetensors.numpy import load_file, save_file
        save_file(load_file(sys.argv[1]), sys.argv[2], metadata={'format': 'pt'})
        """,
        ours,
        theirs);
    assertEquals(-1, Files.mismatch(theirs, ours));
  }

  @Test
  void theLibraryReadsWhatWeWrite() throws Exception {
    Path ours = dir.resolve("ours.safetensors");
    SafetensorsWriter.write(ours, CheckpointContract.tiny(), Map.of("format", "pt"));
    String out =
        Python.run(
            """
            import sys
            from safetensors import safe_open
            with safe_open(sys.argv[1], 'np') as f:
                print(f.metadata(), {k: f.get_tensor(k).tolist() for k in sorted(f.keys())})
            """,
            ours);
    assertEquals(
        "{'format': 'pt'} {'a/x': [[0.0, 1.0, 2.0], [3.0, 4.0, 5.0]], 'e': [], 's': 2.5}", out);
  }
}
