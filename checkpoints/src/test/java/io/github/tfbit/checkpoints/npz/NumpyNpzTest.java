package io.github.tfbit.checkpoints.npz;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.tfbit.checkpoints.Checkpoint;
import io.github.tfbit.checkpoints.Checkpoints;
import io.github.tfbit.checkpoints.DType;
import io.github.tfbit.checkpoints.MemoryCheckpoint;
import io.github.tfbit.checkpoints.Python;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against numpy and Python's zipfile themselves. */
@Tag("python")
class NumpyNpzTest {
  private static final String ARRAYS =
      """
      import sys, zipfile, numpy as np
      a = {'a/x': np.arange(6, dtype='<f4').reshape(2, 3), 's': np.float32(2.5),
           'e': np.zeros((0, 2), '<f4')}
      """;

  @TempDir Path dir;

  @Test
  void zip64HasPythonsBytes() throws Exception {
    Path numpys = dir.resolve("numpy.npz");
    Python.run(ARRAYS + "zipfile.ZIP64_LIMIT = 300\nnp.savez(sys.argv[1], **a)", numpys);
    Path ours = Files.createFile(dir.resolve("ours.npz"));
    NpzWriter.write(ours, NpzWriterTest.tiny(), 300);
    assertEquals(-1, Files.mismatch(numpys, ours));
  }

  @Test
  void everyDtypeAndNonAsciiNamesHaveNumpysBytes() throws Exception {
    Path numpys = dir.resolve("numpy.npz");
    Python.run(
        """
        import sys, numpy as np
        np.savez(sys.argv[1], **{'größe': np.array([1, -2], '<f8'), 'half': np.array([[1.5]], '<f2'),
                                 'long' * 20: np.arange(3, dtype='<i8').reshape(3, 1, 1)})
        """,
        numpys);
    try (Checkpoint c = NpzReader.open(numpys)) {
      Path ours = dir.resolve("ours.npz");
      NpzWriter.write(ours, c);
      assertEquals(-1, Files.mismatch(numpys, ours));
    }
  }

  @Test
  void headersOfManyShapesHaveNumpysBytes() throws Exception {
    Path numpys = dir.resolve("numpy.npz");
    Python.run(
        """
        import sys, numpy as np
        shapes = [(0,) * k for k in range(33)] + [(0, 10 ** k) for k in range(9)]
        np.savez(sys.argv[1], **{f't{i}': np.zeros(s, '<f4') for i, s in enumerate(shapes)})
        """,
        numpys);
    try (Checkpoint c = NpzReader.open(numpys)) {
      Path ours = dir.resolve("ours.npz");
      NpzWriter.write(ours, c);
      assertEquals(-1, Files.mismatch(numpys, ours));
    }
  }

  @Test
  void deflatedFortranHalfPrecisionIsReadAsNumpyReadsIt() throws Exception {
    Path npz = dir.resolve("f.npz");
    Python.run(
        """
        import sys, numpy as np
        np.savez_compressed(sys.argv[1], x=np.asfortranarray(
            np.arange(24, dtype='<f2').reshape(2, 3, 4)))
        """,
        npz);
    float[] expected = new float[24];
    for (int i = 0; i < 24; i++) {
      expected[i] = i;
    }
    try (Checkpoint c = Checkpoints.asFloat32(NpzReader.open(npz))) {
      assertEquals(DType.FLOAT32, c.tensors().get(0).dtype());
      ByteBuffer want = new MemoryCheckpoint().add("x", List.of(2, 3, 4), expected).bytes("x");
      assertEquals(want, c.bytes("x"));
    }
  }

  @Test
  void numpyReadsWhatWeWrite() throws Exception {
    Path ours = dir.resolve("ours.npz");
    NpzWriter.write(ours, NpzWriterTest.tiny());
    String out =
        Python.run(
            ARRAYS
                + """
                z = np.load(sys.argv[1])
                assert zipfile.ZipFile(sys.argv[1]).testzip() is None
                for n in a: np.testing.assert_array_equal(z[n], a[n])
                print(','.join(z.files))
                """,
            ours);
    assertEquals("a/x,s,e", out);
  }
}
