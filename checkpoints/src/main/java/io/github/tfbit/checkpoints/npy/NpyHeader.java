package io.github.tfbit.checkpoints.npy;

import static io.github.tfbit.checkpoints.CheckpointException.corrupt;
import static io.github.tfbit.checkpoints.CheckpointException.unsupported;

import io.github.tfbit.checkpoints.DType;
import io.github.tfbit.checkpoints.TensorInfo;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.ReadableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The header of a numpy array file (numpy/lib/format.py, "Format Version 1.0" to "3.0"): the magic
 * string, two version bytes, the length, and a Python dict literal with {@code descr}, {@code
 * fortran_order} and {@code shape}.
 *
 * @param dtype element type, from {@code descr}
 * @param fortranOrder whether the first dimension varies fastest
 * @param shape sizes of the dimensions; empty for a scalar
 * @param length bytes from the beginning of the file to the first element
 */
public record NpyHeader(DType dtype, boolean fortranOrder, List<Integer> shape, int length) {
  /** "\x93NUMPY". */
  private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};

  private static final int PREFIX = MAGIC.length + 2;

  /** Far more than three keys need; numpy itself refuses 10,000 and more. */
  private static final int MAX_TEXT = 1 << 16;

  /** Numpy's ARRAY_ALIGN. */
  private static final int ALIGN = 64;

  /** Numpy's GROWTH_AXIS_MAX_DIGITS: room for the first dimension to be rewritten in place. */
  private static final int GROWTH_DIGITS = 21;

  /** numpy itself has no bfloat16. */
  private static final List<DType> WRITABLE =
      List.of(DType.FLOAT32, DType.FLOAT16, DType.FLOAT64, DType.INT64);

  /** Copies the shape. */
  public NpyHeader {
    shape = List.copyOf(shape);
  }

  /**
   * Reads a header.
   *
   * @param in at the beginning of the array file; afterwards at its first element
   * @param where the file and array, for messages
   * @return the header
   * @throws io.github.tfbit.checkpoints.CheckpointException if it is corrupt or of another kind
   * @throws IOException if reading fails
   */
  public static NpyHeader read(ReadableByteChannel in, String where) throws IOException {
    byte[] prefix = bytes(in, PREFIX, where);
    if (!Arrays.equals(MAGIC, 0, MAGIC.length, prefix, 0, MAGIC.length)) {
      String found = "bytes " + hex(prefix);
      throw corrupt(where, "a numpy array, which begins with \\x93NUMPY", found);
    }
    int major = prefix[MAGIC.length];
    if (major < 1 || major > 3 || prefix[MAGIC.length + 1] != 0) {
      throw unsupported(
          where,
          "npy format 1.0, 2.0 or 3.0",
          "format " + (major & 0xFF) + "." + (prefix[MAGIC.length + 1] & 0xFF),
          "save it again with np.savez of numpy 1 or 2");
    }
    int width = major == 1 ? 2 : 4;
    ByteBuffer size = ByteBuffer.wrap(bytes(in, width, where)).order(ByteOrder.LITTLE_ENDIAN);
    long text = width == 2 ? size.getShort() & 0xFFFF : size.getInt() & 0xFFFFFFFFL;
    if (text > MAX_TEXT) {
      throw corrupt(where, "an npy header of at most " + MAX_TEXT + " bytes", text + " bytes");
    }
    byte[] literal = bytes(in, (int) text, where);
    var charset = major == 3 ? StandardCharsets.UTF_8 : StandardCharsets.ISO_8859_1;
    HeaderLiteral dict = HeaderLiteral.parse(new String(literal, charset), where);
    DType dtype = dtype(dict.descr(), where);
    return new NpyHeader(dtype, dict.fortranOrder(), dict.shape(), PREFIX + width + (int) text);
  }

  /**
   * The header that numpy writes for an array in C order: format 1.0, padded to 64 bytes.
   *
   * @param dtype element type
   * @param shape sizes of the dimensions; empty for a scalar
   * @return all bytes before the first element
   */
  public static byte[] encode(DType dtype, List<Integer> shape) {
    String dims = shape.stream().map(String::valueOf).collect(Collectors.joining(", "));
    String tuple = "(" + dims + (shape.size() == 1 ? ",)" : ")");
    String text =
        "{'descr': '" + descr(dtype) + "', 'fortran_order': False, 'shape': " + tuple + ", }";
    if (!shape.isEmpty()) {
      text += " ".repeat(GROWTH_DIGITS - String.valueOf(shape.get(0)).length());
    }
    int unpadded = PREFIX + 2 + text.length() + 1;
    // Numpy pads a header that is already aligned by a whole block, and so does this.
    text += " ".repeat(ALIGN - unpadded % ALIGN) + "\n";
    return ByteBuffer.allocate(PREFIX + 2 + text.length())
        .order(ByteOrder.LITTLE_ENDIAN)
        .put(MAGIC)
        .put((byte) 1)
        .put((byte) 0)
        .putShort((short) text.length())
        .put(text.getBytes(StandardCharsets.ISO_8859_1))
        .array();
  }

  /**
   * Name, dtype and shape together.
   *
   * @param name of the tensor
   * @return its description
   */
  public TensorInfo info(String name) {
    return new TensorInfo(name, dtype, shape);
  }

  /**
   * Checks that the contents are as long as the shape says.
   *
   * @param available bytes after the header
   * @param where the file and array, for messages
   * @throws io.github.tfbit.checkpoints.CheckpointException if they are longer or shorter
   */
  public void requireContents(long available, String where) throws IOException {
    String expected;
    try {
      long needed = info(where).byteSize();
      if (needed == available) {
        return;
      }
      expected = needed + " bytes";
    } catch (ArithmeticException e) {
      expected = "more bytes than any file has";
    }
    throw corrupt(where, expected + " for " + dtype + " " + shape, available + " bytes");
  }

  private static String descr(DType dtype) {
    return switch (dtype) {
      case FLOAT16 -> "<f2";
      case BFLOAT16 -> throw new IllegalArgumentException("npy has no bfloat16; widen to float32");
      case FLOAT32 -> "<f4";
      case FLOAT64 -> "<f8";
      case INT64 -> "<i8";
    };
  }

  private static DType dtype(String descr, String where) throws IOException {
    for (DType candidate : WRITABLE) {
      if (descr(candidate).equals(descr)) {
        return candidate;
      }
    }
    if (descr.contains("O")) {
      throw unsupported(
          where,
          "an array of numbers",
          "Python objects ('" + descr + "'), stored as a pickle",
          "pickles can run code and are never read; save plain float32 arrays with np.savez");
    }
    boolean bigEndian = descr.startsWith(">");
    throw unsupported(
        where,
        "dtype '<f4', '<f2', '<f8' or '<i8'",
        "'" + descr + "'" + (bigEndian ? ", which is big-endian" : ""),
        "convert it with numpy, array.astype('<f4'), and save it again");
  }

  private static byte[] bytes(ReadableByteChannel in, int n, String where) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(n);
    while (buffer.hasRemaining()) {
      if (in.read(buffer) < 0) {
        String found = "the end after " + buffer.position();
        throw corrupt(where, n + " more bytes of an npy header", found);
      }
    }
    return buffer.array();
  }

  private static String hex(byte[] bytes) {
    return java.util.HexFormat.ofDelimiter(" ").formatHex(bytes);
  }
}
