package io.github.tfbit.checkpoints.npy;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.tfbit.checkpoints.CheckpointException;
import io.github.tfbit.checkpoints.CheckpointException.Corrupt;
import io.github.tfbit.checkpoints.CheckpointException.Unsupported;
import io.github.tfbit.checkpoints.DType;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NpyHeaderTest {
  private static NpyHeader read(byte[] bytes) throws IOException {
    return NpyHeader.read(Channels.newChannel(new ByteArrayInputStream(bytes)), "f.npy");
  }

  private static byte[] file(int major, String text) {
    byte[] literal = text.getBytes(StandardCharsets.UTF_8);
    int width = major == 1 ? 2 : 4;
    ByteBuffer b = ByteBuffer.allocate(8 + width + literal.length).order(ByteOrder.LITTLE_ENDIAN);
    b.put(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', (byte) major, 0});
    if (width == 2) {
      b.putShort((short) literal.length);
    } else {
      b.putInt(literal.length);
    }
    return b.put(literal).array();
  }

  private static NpyHeader read(String text) throws IOException {
    return read(file(1, text));
  }

  private static <E extends CheckpointException> void assertRefused(
      Class<E> type, String reason, String text) {
    E e = assertThrows(type, () -> read(text));
    assertTrue(e.getMessage().contains(reason), e.getMessage());
    assertEquals("f.npy", e.problem().where());
  }

  /** What numpy 2.4.6 writes for a float32 array of shape (2, 3). */
  @Test
  void encodesAsNumpyDoes() {
    String text = "{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), }";
    String padded = text + " ".repeat(128 - 10 - text.length() - 1) + "\n";
    assertArrayEquals(file(1, padded), NpyHeader.encode(DType.FLOAT32, List.of(2, 3)));
  }

  @Test
  void readsWhatItEncodes() throws IOException {
    byte[] bytes = NpyHeader.encode(DType.INT64, List.of(7));
    assertEquals(new NpyHeader(DType.INT64, false, List.of(7), 128), read(bytes));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void readsFormats(int major) throws IOException {
    NpyHeader h = read(file(major, "{'descr': '<f8', 'fortran_order': True, 'shape': (2, 3)}"));
    assertEquals(DType.FLOAT64, h.dtype());
    assertTrue(h.fortranOrder());
    assertEquals(List.of(2, 3), h.shape());
  }

  @ParameterizedTest
  @CsvSource({"<f2, FLOAT16", "<f4, FLOAT32", "<f8, FLOAT64", "<i8, INT64"})
  void readsDtypes(String descr, DType dtype) throws IOException {
    String text = "{'descr': '" + descr + "', 'fortran_order': False, 'shape': ()}";
    assertEquals(dtype, read(text).dtype());
  }

  @Test
  void keysMayComeInAnyOrderAndSpacing() throws IOException {
    NpyHeader h = read("{ \"shape\":(1 ,) ,'fortran_order':False,'descr':'<f4'}  \n");
    assertEquals(List.of(1), h.shape());
  }

  @Test
  void readsLongIntegersOfPython2() throws IOException {
    assertEquals(
        List.of(3, 4), read("{'descr': '<f4', 'fortran_order': False, 'shape': (3L, 4L)}").shape());
  }

  @ParameterizedTest
  @ValueSource(strings = {">f4", ">i8", "<f16", "<c8", "|b1", "|u1", "<U31", "|S5", "<i4", ""})
  void otherDtypesAreUnsupportedByName(String descr) {
    assertRefused(
        Unsupported.class,
        "'" + descr + "'",
        "{'descr': '" + descr + "', 'fortran_order': False, 'shape': ()}");
  }

  @Test
  void bigEndianIsCalledSo() {
    assertRefused(
        Unsupported.class,
        "which is big-endian",
        "{'descr': '>f4', 'fortran_order': False, 'shape': ()}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"'|O'", "'O'", "[('a', '|O'), ('b', '<f4')]"})
  void picklesAreNeverRead(String descr) {
    assertRefused(
        Unsupported.class,
        "pickles can run code and are never read",
        "{'descr': " + descr + ", 'fortran_order': False, 'shape': ()}");
  }

  @Test
  void structuredDtypesAreUnsupported() {
    assertRefused(
        Unsupported.class,
        "[('a', '<f4')]",
        "{'descr': [('a', '<f4')], 'fortran_order': False, 'shape': ()}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "{}",
        "[]",
        "{'descr': '<f4', 'fortran_order': False}",
        "{'descr': '<f4', 'fortran_order': 0, 'shape': ()}",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (1)}",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (1, 2}",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (1 2)}",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (-1,)}",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (1.5,)}",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (2147483648,)}",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (,)}",
        "{'descr': '<f4', 'fortran_order': False, 'shape': [1]}",
        "{'descr': '<f4', 'descr': '<f4', 'fortran_order': False, 'shape': ()}",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (), 'more': 1}",
        "{'descr': '<f4' 'fortran_order': False, 'shape': ()}",
        "{'descr': '\\x3cf4', 'fortran_order': False, 'shape': ()}",
        "{'descr': '<f4', 'fortran_order': False, 'shape': ()} + __import__('os')",
        "{'descr': __import__('os'), 'fortran_order': False, 'shape': ()}",
      })
  void anythingElseIsCorrupt(String text) {
    assertRefused(Corrupt.class, "in the npy header at character", text);
  }

  @Test
  void manyDimensionsAreCorrupt() {
    String shape = "1, ".repeat(65);
    assertRefused(
        Corrupt.class,
        "at most 64",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (" + shape + ")}");
  }

  @Test
  void aWrongMagicStringIsShown() {
    byte[] bytes = file(1, "{}");
    bytes[0] = 'X';
    Corrupt e = assertThrows(Corrupt.class, () -> read(bytes));
    assertEquals("bytes 58 4e 55 4d 50 59 01 00", e.problem().found());
  }

  @Test
  void aLaterFormatIsUnsupported() {
    Unsupported e = assertThrows(Unsupported.class, () -> read(file(4, "{}")));
    assertEquals("format 4.0", e.problem().found());
  }

  @Test
  void aHugeHeaderIsRefusedBeforeItIsAllocated() {
    byte[] bytes = file(2, "{}");
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putInt(8, -1);
    Corrupt e = assertThrows(Corrupt.class, () -> read(bytes));
    assertEquals("4294967295 bytes", e.problem().found());
  }

  @Test
  void everyTruncationIsCorrupt() {
    byte[] whole = NpyHeader.encode(DType.FLOAT32, List.of(2, 3));
    for (int n = 0; n < whole.length; n++) {
      byte[] cut = Arrays.copyOf(whole, n);
      Corrupt e = assertThrows(Corrupt.class, () -> read(cut), "cut to " + n);
      assertTrue(e.problem().found().startsWith("the end after "), e.getMessage());
    }
  }
}
