package io.github.tfbit.checkpoints.fetch;

import com.google.gson.JsonParser;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import com.google.gson.stream.MalformedJsonException;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.zip.GZIPInputStream;

/**
 * Whether a file ends where its own words say it does: a server that gives too small a length cuts
 * it off without breaking any rule of HTTP. Cheap, except for gzip, which is unpacked once.
 */
final class Structure {
  private static final int END_BYTES = 22;
  private static final int COMMENT_MOST = 0xFFFF;
  private static final int END_SIGNATURE = 0x06054b50;

  /** The last eight bytes of a table in LevelDB's format ("magic", table/format.h). */
  private static final long TABLE_MAGIC = 0xdb4775248b80fb57L;

  private static final int SMALL = 64 << 20;
  private static final int HDF5_BASE = 24;
  private static final int HDF5_SUPERBLOCK = 96;

  private final FileChannel file;
  private final long size;

  private Structure(FileChannel file, long size) {
    this.file = file;
    this.size = size;
  }

  /**
   * Looks at a whole file.
   *
   * @param path the file
   * @param kind what it has to be
   * @param sure whether length or checksum are known and right: gzip is not unpacked then
   * @return what is wrong with it, empty if nothing is
   * @throws IOException if reading fails
   */
  static Optional<String> objection(Path path, FileKind kind, boolean sure) throws IOException {
    try (FileChannel channel = FileChannel.open(path)) {
      Structure s = new Structure(channel, channel.size());
      byte[] head = s.read(0, (int) Math.min(s.size, FileKind.HEAD_BYTES)).array();
      Optional<String> objection = kind.objection(head);
      return objection.isPresent() ? objection : s.end(path, kind, sure);
    } catch (EOFException
        | MalformedJsonException
        | CharacterCodingException
        | RuntimeException e) { // whatever hostile lengths and texts lead to
      return Optional.of("one that is cut off or damaged (" + e.getMessage() + ")");
    }
  }

  private Optional<String> end(Path path, FileKind kind, boolean sure) throws IOException {
    boolean whole =
        switch (kind) {
          case ZIP -> zipEnds();
          case HDF5 -> hdf5End() <= size;
          case GZIP -> sure || unpacks(path);
          case SAFETENSORS -> safetensorsEnd() == size;
          case TENSOR_INDEX ->
              size >= Long.BYTES && read(size - Long.BYTES, Long.BYTES).getLong(0) == TABLE_MAGIC;
          case JSON -> JsonParser.parseString(text()).isJsonObject();
          case TEXT -> text().indexOf('\0') < 0;
          case BINARY -> true;
        };
    return whole ? Optional.empty() : Optional.of("one that is cut off or damaged at its end");
  }

  private ByteBuffer read(long at, int length) throws IOException {
    if (at < 0 || length < 0 || length > size - at) {
      throw new EOFException("at byte " + at);
    }
    ByteBuffer bytes = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    while (bytes.hasRemaining()) {
      if (file.read(bytes, at + bytes.position()) < 0) {
        throw new EOFException("at byte " + (at + bytes.position()));
      }
    }
    return bytes.flip();
  }

  /** The end record of a zip archive, whose comment ends the file. */
  private boolean zipEnds() throws IOException {
    int length = (int) Math.min(size, END_BYTES + COMMENT_MOST);
    ByteBuffer tail = read(size - length, length);
    for (int at = length - END_BYTES; at >= 0; at--) {
      if (tail.getInt(at) == END_SIGNATURE
          && at + END_BYTES + (tail.getShort(at + END_BYTES - 2) & 0xFFFF) == length) {
        return true;
      }
    }
    return false;
  }

  /**
   * "End of File Address" of the superblock (HDF5 File Format Specification, II.A), versions 0 to
   * 3.
   */
  private long hdf5End() throws IOException {
    ByteBuffer block = read(0, (int) Math.min(size, HDF5_SUPERBLOCK));
    int version = block.get(8);
    boolean old = version < 2;
    int width = block.get(old ? 13 : 9);
    int base = old ? HDF5_BASE + (version == 1 ? 4 : 0) : 12;
    int at = base + 2 * width;
    if (width != Long.BYTES) {
      return 0; // addresses of another width: left to the reader of the format
    }
    if (at + width > block.limit()) {
      throw new EOFException("in the superblock");
    }
    return block.getLong(at);
  }

  private static boolean unpacks(Path path) throws IOException {
    byte[] sink = new byte[1 << 16];
    try (InputStream in = new GZIPInputStream(Files.newInputStream(path), sink.length)) {
      while (in.read(sink) >= 0) {
        // Reading to the end compares length and CRC-32.
      }
      return true;
    } catch (java.util.zip.ZipException e) {
      return false;
    }
  }

  /** The header's length, the header, and the furthest "data_offsets" in it. */
  private long safetensorsEnd() throws IOException {
    long header = read(0, Long.BYTES).getLong(0);
    if (header < 2 || header > SMALL) {
      throw new EOFException("a header of " + header + " bytes");
    }
    String json =
        StandardCharsets.UTF_8.newDecoder().decode(read(Long.BYTES, (int) header)).toString();
    long end = 0;
    try (Reader text = new StringReader(json);
        JsonReader reader = new JsonReader(text)) {
      reader.beginObject();
      while (reader.hasNext()) {
        String name = reader.nextName();
        if (name.equals("__metadata__")) {
          reader.skipValue();
        } else {
          end = Math.max(end, tensorEnd(reader));
        }
      }
    }
    return Math.addExact(Long.BYTES + header, end);
  }

  private static long tensorEnd(JsonReader reader) throws IOException {
    long end = 0;
    reader.beginObject();
    while (reader.hasNext()) {
      if (reader.nextName().equals("data_offsets") && reader.peek() == JsonToken.BEGIN_ARRAY) {
        reader.beginArray();
        while (reader.hasNext()) {
          end = Math.max(end, reader.nextLong());
        }
        reader.endArray();
      } else {
        reader.skipValue();
      }
    }
    reader.endObject();
    return end;
  }

  private String text() throws IOException {
    if (size > SMALL) {
      throw new EOFException("longer than text that tfbit reads");
    }
    return StandardCharsets.UTF_8.newDecoder().decode(read(0, (int) size)).toString();
  }
}
