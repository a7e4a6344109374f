package io.github.tfbit.checkpoints.safetensors;

import static io.github.tfbit.checkpoints.CheckpointException.corrupt;
import static io.github.tfbit.checkpoints.CheckpointException.unsupported;

import io.github.tfbit.checkpoints.DType;
import io.github.tfbit.checkpoints.FileBytes;
import io.github.tfbit.checkpoints.Problem;
import io.github.tfbit.checkpoints.TensorInfo;
import io.github.tfbit.checkpoints.safetensors.HeaderParser.Tensor;
import java.io.IOException;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.ReadableByteChannel;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * A file's beginning: "8 bytes: N, an unsigned little-endian 64-bit integer, containing the size of
 * the header; N bytes: a JSON UTF-8 string representing the header", and the rest of the file is
 * the tensors' contents, "entirely indexed, and cannot contain holes".
 *
 * @param tensors in the order of their contents
 * @param metadata the header's {@code __metadata__}
 */
record HeaderReader(List<StoredTensor> tensors, Map<String, String> metadata) {
  /**
   * "There is a limit on the size of the header of 100MB to prevent parsing extremely large JSON."
   */
  static final long FORMAT_LIMIT = 100_000_000;

  /** A hostile header costs several times its size in memory; R152x4's own has 52 kB. */
  static final long LIMIT = 16_000_000;

  /** Copies both. */
  HeaderReader {
    tensors = List.copyOf(tensors);
    metadata = java.util.Collections.unmodifiableMap(metadata);
  }

  static HeaderReader read(FileChannel channel, FileBytes file) throws IOException {
    String where = file.where();
    long length = length(channel, file);
    channel.position(Long.BYTES);
    Reader text =
        Channels.newReader(
            new Bounded(channel, length),
            StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT),
            -1);
    HeaderParser.Header header = HeaderParser.parse(text, where);
    long contents = Long.BYTES + length;
    return new HeaderReader(
        tiled(header.tensors(), contents, file.size() - contents, where), header.metadata());
  }

  private static long length(FileChannel channel, FileBytes file) throws IOException {
    ByteBuffer start = ByteBuffer.allocate(Long.BYTES + 1).order(ByteOrder.LITTLE_ENDIAN);
    while (start.hasRemaining()) {
      if (channel.read(start) < 0) {
        throw corrupt(
            file.where(), "a safetensors header of 2 bytes or more", file.size() + " bytes in all");
      }
    }
    long length = start.getLong(0);
    long most = Math.min(FORMAT_LIMIT, file.size() - Long.BYTES);
    if (length < 2 || length > most) {
      throw corrupt(
          file.where(),
          "the header's length at byte 0, between 2 and " + most,
          Long.toUnsignedString(length));
    }
    if (length > LIMIT) {
      throw unsupported(
          file.where(),
          "a header of at most " + LIMIT + " bytes",
          length + " bytes",
          "no BiT model has such a header; name another file");
    }
    // "The header data MUST begin with a { character (0x7B)."
    if (start.get(Long.BYTES) != '{') {
      throw corrupt(file.where(), "'{' at byte 8", "0x%02x".formatted(start.get(Long.BYTES)));
    }
    return length;
  }

  /** Checks that the tensors cover the contents without gap or overlap, as the format demands. */
  private static List<StoredTensor> tiled(
      List<Tensor> tensors, long contents, long size, String file) throws IOException {
    List<Tensor> ordered = new ArrayList<>(tensors);
    ordered.sort(Comparator.comparingLong(Tensor::begin).thenComparingLong(Tensor::end));
    List<StoredTensor> stored = new ArrayList<>();
    long at = 0;
    for (Tensor t : ordered) {
      String where = file + ": tensor '" + Problem.shown(t.name()) + "'";
      if (t.begin() != at || t.end() < t.begin() || t.end() > size) {
        throw corrupt(
            where,
            "data_offsets that begin at " + at + " and end within " + size + " bytes",
            t.begin() + " to " + t.end());
      }
      stored.add(new StoredTensor(info(t, where), contents + t.begin()));
      at = t.end();
    }
    if (at != size) {
      throw corrupt(file, at + " bytes of contents, as the header says", size + " bytes");
    }
    return stored;
  }

  private static TensorInfo info(Tensor t, String where) throws IOException {
    long bytes = t.end() - t.begin();
    long bits = bits(t, where);
    if (bits % Byte.SIZE != 0 || bits / Byte.SIZE != bytes) {
      throw corrupt(
          where,
          bits / Byte.SIZE + " bytes for " + t.type() + t.shape(),
          "data_offsets " + bytes + " bytes apart");
    }
    DType dtype =
        t.type()
            .dtype()
            .orElseThrow(
                () ->
                    unsupported(
                        where,
                        "F32, F16, BF16, F64 or I64",
                        t.type().toString(),
                        "save the tensor as one of these"));
    if (bytes > Integer.MAX_VALUE) {
      throw unsupported(
          where,
          "at most 2 GiB for one tensor",
          bytes + " bytes",
          "no BiT model has such a tensor; split it");
    }
    return new TensorInfo(t.name(), dtype, t.shape());
  }

  private static long bits(Tensor t, String where) throws IOException {
    long bits = t.type().bits();
    try {
      for (int d : t.shape()) {
        bits = Math.multiplyExact(bits, d);
      }
      return bits;
    } catch (ArithmeticException e) {
      throw corrupt(where, "a shape that fits into the file", t.shape().toString());
    }
  }

  /** The header's bytes and no more. */
  private static final class Bounded implements ReadableByteChannel {
    private final ReadableByteChannel all;
    private long left;

    Bounded(ReadableByteChannel all, long left) {
      this.all = all;
      this.left = left;
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
      if (left == 0) {
        return -1;
      }
      int limit = target.limit();
      target.limit((int) Math.min(limit, target.position() + left));
      int n = all.read(target);
      target.limit(limit);
      left -= Math.max(n, 0);
      return n;
    }

    @Override
    public boolean isOpen() {
      return all.isOpen();
    }

    @Override
    public void close() throws IOException {
      all.close();
    }
  }
}
