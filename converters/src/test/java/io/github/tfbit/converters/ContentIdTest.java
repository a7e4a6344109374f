package io.github.tfbit.converters;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.tfbit.checkpoints.Checkpoint;
import io.github.tfbit.checkpoints.CheckpointException;
import io.github.tfbit.checkpoints.CheckpointException.Mismatch;
import io.github.tfbit.checkpoints.DType;
import io.github.tfbit.checkpoints.MemoryCheckpoint;
import io.github.tfbit.checkpoints.Python;
import io.github.tfbit.checkpoints.TensorInfo;
import io.github.tfbit.checkpoints.npz.NpzWriter;
import io.github.tfbit.converters.TensorDifference.Kind;
import io.github.tfbit.converters.testing.SeededCheckpoint;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ContentIdTest {
  private static final Architecture TINY = new Architecture(List.of(1, 1, 1, 1), 2, 1);
  private static final String GAMMA = "resnet/block2/unit01/b/group_norm/gamma";

  /** The definition, in a language that shares nothing with ours. */
  private static final String RECOMPUTE =
      """
      import hashlib, re, sys
      import numpy as np
      npz = np.load(sys.argv[1])
      tensors = {re.sub(r'(/standardized_conv2d)_\\d+/', r'\\1/', k): npz[k] for k in npz.files}
      text = 'tfbit-content-1\\n'
      for name in sorted(tensors):
        values = np.ascontiguousarray(tensors[name], '<f4')
        shape = ','.join(map(str, values.shape))
        text += f'{name} {shape} {hashlib.sha256(values.tobytes()).hexdigest()}\\n'
      print(hashlib.sha256(text.encode()).hexdigest())
      """;

  @TempDir private Path dir;

  private static MemoryCheckpoint copy(Checkpoint from, boolean reversed) throws IOException {
    MemoryCheckpoint copy = new MemoryCheckpoint();
    List<TensorInfo> tensors = from.tensors();
    for (int i = 0; i < tensors.size(); i++) {
      TensorInfo t = tensors.get(reversed ? tensors.size() - 1 - i : i);
      copy.add(t.name(), t.dtype(), t.shape(), bytes(from, t.name()));
    }
    return copy;
  }

  private static byte[] bytes(Checkpoint from, String name) throws IOException {
    ByteBuffer b = from.bytes(name);
    byte[] bytes = new byte[b.remaining()];
    b.get(bytes);
    return bytes;
  }

  private static SeededCheckpoint seeded(int classes) {
    return SeededCheckpoint.of(TINY, classes, 3);
  }

  private static ContentId flipped(int byteIndex, int mask) throws IOException {
    MemoryCheckpoint edited = copy(seeded(2), false);
    byte[] values = bytes(edited, GAMMA);
    values[byteIndex] ^= (byte) mask;
    List<Integer> shape = edited.find(GAMMA).orElseThrow().shape();
    return ContentId.of(edited.add(GAMMA, DType.FLOAT32, shape, values));
  }

  private static TensorStatistics statistics(float... values) throws IOException {
    MemoryCheckpoint one = new MemoryCheckpoint().add("x", List.of(values.length), values);
    return ContentId.of(one).find("x").orElseThrow().values();
  }

  /** The number is RECOMPUTE's. */
  @Test
  void neverChanges() throws IOException {
    assertEquals(
        "ccc0989ca0f2111c13c10e5e93f47e88896ccd97a6d5c4e94021e92fd784bbe8",
        ContentId.of(seeded(2)).id());
  }

  @Test
  @Tag("python")
  void isWhatItsDefinitionSays() throws Exception {
    Path npz = dir.resolve("seeded.npz");
    NpzWriter.write(npz, seeded(2));
    assertEquals(Python.run(RECOMPUTE, npz), ContentId.of(seeded(2)).id());
  }

  @Test
  void orderOfTheFileIsOfNoMatter() throws IOException {
    ContentId there = ContentId.of(copy(seeded(2), true));
    assertEquals(ContentId.of(seeded(2)), there);
    assertEquals(PublishedNames.HEAD_BIAS, there.tensors().get(0).tensor().name());
  }

  @Test
  void everyFlippedBitChangesIt() throws IOException {
    ContentId genuine = ContentId.of(seeded(2));
    for (int bit = 0; bit < 8; bit++) {
      ContentId other = flipped(5, 1 << bit);
      assertNotEquals(genuine.id(), other.id());
      assertEquals(List.of(new TensorDifference(GAMMA, Kind.VALUES)), genuine.differences(other));
    }
  }

  @Test
  void negativeZeroIsNotZero() throws IOException {
    ContentId plus = ContentId.of(new MemoryCheckpoint().add("x", List.of(1), 0f));
    assertNotEquals(plus, ContentId.of(new MemoryCheckpoint().add("x", List.of(1), -0f)));
  }

  @Test
  void shapeCounts() throws IOException {
    ContentId row = ContentId.of(new MemoryCheckpoint().add("x", List.of(1, 2), 1, 2));
    ContentId column = ContentId.of(new MemoryCheckpoint().add("x", List.of(2, 1), 1, 2));
    assertNotEquals(row, column);
    assertEquals(List.of(new TensorDifference("x", Kind.SHAPE)), row.differences(column));
  }

  @Test
  void headsOnOneBackboneShareItsId() throws IOException {
    ContentId two = ContentId.of(seeded(2));
    ContentId three = ContentId.of(seeded(3));
    ContentId none = ContentId.of(seeded(0));
    assertNotEquals(two.id(), three.id());
    assertEquals(two.backboneId(), three.backboneId());
    assertEquals(none.id(), none.backboneId());
    assertEquals(none.id(), two.backboneId());
    assertEquals(
        List.of(
            new TensorDifference(PublishedNames.HEAD_KERNEL, Kind.ONLY_THERE),
            new TensorDifference(PublishedNames.HEAD_BIAS, Kind.ONLY_THERE)),
        none.differences(two));
    assertEquals(Kind.ONLY_HERE, two.differences(none).get(0).kind());
  }

  /** Values of RFC 3720, appendix B.4: CRC32C of 32 zero bytes is aa 36 91 8a on the wire. */
  @Test
  void crc32cIsThatOfTheRfc() throws IOException {
    MemoryCheckpoint zeros = new MemoryCheckpoint().add("x", List.of(8), new float[8]);
    assertEquals("8a9136aa", ContentId.of(zeros).find("x").orElseThrow().crc32cDigits());
  }

  @Test
  void summarisesValues() throws IOException {
    float[] many = new float[100_003];
    for (int i = 0; i < many.length; i++) {
      many[i] = i - 7;
    }
    assertEquals(new TensorStatistics(-7, 99_995, 49_994, 0, -1), statistics(many));
  }

  @Test
  void countsWhatIsNotFinite() throws IOException {
    float[] many = new float[50_000];
    many[40_000] = Float.NaN;
    many[40_001] = Float.NEGATIVE_INFINITY;
    many[49_999] = Float.POSITIVE_INFINITY;
    many[3] = 2;
    assertEquals(new TensorStatistics(0, 2, 2.0 / 49_997, 3, 40_000), statistics(many));
  }

  @Test
  void infinitiesOfBothSignsAreCounted() throws IOException {
    TensorStatistics s = statistics(Float.POSITIVE_INFINITY, 1, Float.NEGATIVE_INFINITY);
    assertEquals(new TensorStatistics(1, 1, 1, 2, 0), s);
  }

  @Test
  void withoutFiniteValueNothingIsSmallest() throws IOException {
    assertTrue(Float.isNaN(statistics(Float.NaN).min()));
    assertTrue(Double.isNaN(statistics().mean()));
  }

  @Test
  void namesTensorsThatAreNotFinite() throws IOException {
    MemoryCheckpoint c =
        new MemoryCheckpoint().add("a", List.of(1), 1).add("b", List.of(1), 0f / 0);
    assertEquals(
        List.of("b"), ContentId.of(c).notFinite().stream().map(d -> d.tensor().name()).toList());
  }

  @Test
  void refusesOtherElementTypes() {
    MemoryCheckpoint half = new MemoryCheckpoint();
    half.add("x", DType.FLOAT16, List.of(1), new byte[2]);
    Mismatch e = assertThrows(Mismatch.class, () -> ContentId.of(half));
    assertEquals("FLOAT16 in 'x'", e.problem().found());
  }

  @Test
  void passesOnWhatReadingThrows() {
    SeededCheckpoint genuine = seeded(2);
    Checkpoint broken = new Broken(genuine);
    CheckpointException e =
        assertThrows(CheckpointException.Corrupt.class, () -> ContentId.of(broken));
    assertEquals("the end", e.problem().found());
  }

  @Test
  void endsWhenInterrupted() {
    Thread.currentThread().interrupt();
    assertThrows(InterruptedIOException.class, () -> ContentId.of(seeded(2)));
    assertTrue(Thread.interrupted());
  }

  @Test
  void countsTensorsOfAGenuineFile() throws IOException {
    ContentId genuine = ContentId.of(seeded(0));
    Map<String, Integer> known =
        genuine.tensors().stream()
            .collect(Collectors.toMap(d -> d.tensor().name(), TensorDigest::crc32c));
    assertEquals(
        new FingerprintMatch("M", known.size(), known.size()),
        FingerprintMatch.of(ContentId.of(seeded(2)), "M", known));
    assertTrue(FingerprintMatch.of(genuine, "M", known).genuine());
    FingerprintMatch altered = FingerprintMatch.of(flipped(0, 1), "M", known);
    assertEquals(new FingerprintMatch("M", known.size() - 1, known.size()), altered);
    assertEquals(
        0, FingerprintMatch.of(ContentId.of(SeededCheckpoint.of(TINY, 0, 4)), "M", known).equal());
  }

  /** Fails at one tensor. */
  private record Broken(Checkpoint original) implements Checkpoint {
    @Override
    public String source() {
      return original.source();
    }

    @Override
    public List<TensorInfo> tensors() {
      return original.tensors();
    }

    @Override
    public void read(String name, ByteBuffer target) throws IOException {
      original.read(name, target);
    }

    @Override
    public ByteBuffer bytes(String name) throws IOException {
      if (name.equals(GAMMA)) {
        throw CheckpointException.corrupt(source(), "more", "the end");
      }
      return original.bytes(name);
    }

    @Override
    public void close() throws IOException {
      original.close();
    }
  }
}
