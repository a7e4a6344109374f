package io.github.tfbit.checkpoints.hdf5;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.tfbit.checkpoints.CheckpointException.Unsupported;
import io.github.tfbit.checkpoints.DType;
import io.github.tfbit.checkpoints.TensorInfo;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files of the HDF5 library: what is read of them, what is left out, what is refused. */
class Hdf5ReaderTest {
  @TempDir Path dir;

  private Hdf5Reader open(String name) throws IOException {
    return Hdf5Reader.open(Files.write(dir.resolve(name + ".h5"), Hdf5Form.resource(name)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"mixed-earliest", "mixed-latest"})
  void readsStringsOfFixedLength(String name) throws IOException {
    try (Hdf5Reader r = open(name)) {
      assertEquals(List.of("one", "three"), r.strings("", "fixed"));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"mixed-earliest", "mixed-latest"})
  void readsStringsOfVariableLength(String name) throws IOException {
    try (Hdf5Reader r = open(name)) {
      assertEquals(List.of("a", "", "ccc"), r.strings("", "variables"));
      assertEquals(Optional.of("größe"), r.string("", "variable"));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"mixed-earliest", "mixed-latest"})
  void takesOffTheSpacesThatFillAString(String name) throws IOException {
    try (Hdf5Reader r = open(name)) {
      assertEquals(Optional.of("ab"), r.string("", "spaces"));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"mixed-earliest", "mixed-latest"})
  void readsAttributesOfGroupsAndDatasets(String name) throws IOException {
    try (Hdf5Reader r = open(name)) {
      assertEquals(List.of(), r.strings("a", "none"));
      assertEquals(List.of(), r.strings("a", "null"));
      assertEquals(List.of("dataset"), r.strings("z", "on"));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"floats", "number", "nothing of that name"})
  void whatIsNoStringIsNone(String attribute) throws IOException {
    try (Hdf5Reader r = open("mixed-earliest")) {
      assertEquals(List.of(), r.strings("", attribute));
      assertEquals(Optional.empty(), r.string("", attribute));
      assertEquals(List.of(), r.strings("nowhere", attribute));
    }
  }

  @Test
  void severalStringsAreNotOne() throws IOException {
    try (Hdf5Reader r = open("mixed-earliest")) {
      assertEquals(Optional.empty(), r.string("", "fixed"));
    }
  }

  @Test
  void stringsAfterClosingAreAnIllegalState() throws IOException {
    Hdf5Reader r = open("mixed-earliest");
    r.close();
    assertThrows(IllegalStateException.class, () -> r.strings("", "fixed"));
  }

  /** A circle, a soft link, an external link and a second name for one dataset. */
  @ParameterizedTest
  @ValueSource(strings = {"mixed-earliest", "mixed-latest"})
  void listsEachDatasetOnceAndFollowsNoLinkElsewhere(String name) throws IOException {
    try (Hdf5Reader r = open(name)) {
      assertEquals(
          List.of(
              new TensorInfo("z", DType.FLOAT32, List.of(6)),
              new TensorInfo("half", DType.FLOAT16, List.of(3)),
              new TensorInfo("double", DType.FLOAT64, List.of(3)),
              new TensorInfo("whole", DType.INT64, List.of(3))),
          r.tensors());
    }
  }

  @Test
  void readsHalfPrecisionAsItIs() throws IOException {
    try (Hdf5Reader r = open("mixed-earliest")) {
      ByteBuffer half = r.bytes("half");
      assertEquals(0x3c00, half.getShort(2));
      assertEquals(0x4000, half.getShort(4));
    }
  }

  @Test
  void readsGroupsOfManyMembers() throws IOException {
    Hdf5Builder builder = new Hdf5Builder();
    for (int i = 0; i < 100; i++) {
      builder.dataset("g/" + i, DType.INT64, List.of(), ByteBuffer.allocate(8).put(0, (byte) i));
    }
    Path file = Files.write(dir.resolve("many.h5"), builder.build());
    try (Hdf5Reader r = Hdf5Reader.open(file)) {
      assertEquals(100, r.tensors().size());
      assertEquals("g/99", r.tensors().get(99).name());
      assertEquals(99, r.bytes("g/99").getLong(0));
    }
  }

  @Test
  void readsAttributesThatAreTooManyForTheHeader() throws IOException {
    try (Hdf5Reader r = open("dense")) {
      for (int i = 0; i < 9; i++) {
        assertEquals(List.of("value" + i), r.strings("", "names" + i));
      }
    }
  }

  @Test
  void readsLinksThatAreTooManyForTheHeader() throws IOException {
    Path file = Files.write(dir.resolve("dense.h5"), Hdf5Form.resource("dense"));
    try (FileChannel channel = FileChannel.open(file)) {
      Structure s = new Structure(channel, "dense.h5");
      ObjectHeader root = ObjectHeader.read(s, Superblock.read(s).root());
      List<String> names = Group.links(root, s).stream().map(Link::name).sorted().toList();
      assertEquals(61, names.size());
      assertEquals(List.of("link59", "x"), names.subList(59, 61));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "chunked|contents in one piece, found contents in chunks",
        "gzip|contents as they are, found contents that are compressed or otherwise filtered",
        "big-endian|found big-endian floating-point elements of 4 bytes",
        "unsigned|found unsigned integer elements of 8 bytes",
        "text|found string elements of 3 bytes",
        "unwritten|found a dataset that nothing was written to",
        "external|expected contents in this file, found contents in other files",
        "null|found no elements at all (h5py.Empty)",
        "userblock|found a user block of 512 bytes before it"
      })
  void refusesWhatItDoesNotRead(String name, String part) throws IOException {
    var e = assertThrows(Unsupported.class, () -> open(name));
    assertEquals(true, e.getMessage().contains(part), e.getMessage());
  }

  @Test
  void refusesWhatIsNoHdf5() throws IOException {
    Path file = Files.writeString(dir.resolve("x.h5"), "<html>");
    var e = assertThrows(Unsupported.class, () -> Hdf5Reader.open(file));
    assertEquals("another signature", e.problem().found());
  }
}
