package io.github.tfbit.checkpoints.npz;

import io.github.tfbit.checkpoints.DType;
import io.github.tfbit.checkpoints.npy.NpyHeader;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/** A zip archive put together by hand, so that every number in it can lie. */
final class ZipBuilder {
  /** Offsets of fields in a directory header. */
  static final int FLAGS = 8;

  static final int METHOD = 10;
  static final int CRC = 16;
  static final int COMPRESSED = 20;
  static final int SIZE = 24;
  static final int OFFSET = 42;

  private record Member(ByteBuffer header, String name) {}

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final List<Member> members = new ArrayList<>();

  /** The npy file of a float32 vector. */
  static byte[] npy(float... values) {
    byte[] header = NpyHeader.encode(DType.FLOAT32, List.of(values.length));
    ByteBuffer b = ByteBuffer.allocate(header.length + 4 * values.length);
    b.order(ByteOrder.LITTLE_ENDIAN).put(header);
    for (float v : values) {
      b.putFloat(v);
    }
    return b.array();
  }

  /** An npy file of format 1.0 with any header text and contents. */
  static byte[] npy(String header, int contents) {
    byte[] text = header.getBytes(StandardCharsets.ISO_8859_1);
    ByteBuffer b = ByteBuffer.allocate(10 + text.length + contents).order(ByteOrder.LITTLE_ENDIAN);
    b.put(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0});
    return b.putShort((short) text.length).put(text).array();
  }

  static byte[] deflate(byte[] contents) {
    Deflater deflater = new Deflater(9, true);
    deflater.setInput(contents);
    deflater.finish();
    byte[] buffer = new byte[contents.length + 100];
    int n = deflater.deflate(buffer);
    deflater.end();
    return java.util.Arrays.copyOf(buffer, n);
  }

  ZipBuilder stored(String name, byte[] contents) {
    return add(name, 0, contents, contents);
  }

  ZipBuilder deflated(String name, byte[] contents) {
    return add(name, 8, contents, deflate(contents));
  }

  ZipBuilder add(String name, int method, byte[] contents, byte[] data) {
    byte[] encoded = name.getBytes(StandardCharsets.UTF_8);
    CRC32 crc = new CRC32();
    crc.update(contents);
    ByteBuffer common = little(26);
    common.putShort((short) 20).putShort((short) (encoded.length == name.length() ? 0 : 1 << 11));
    common.putShort((short) method).putInt(0);
    common.putInt((int) crc.getValue()).putInt(data.length).putInt(contents.length);
    common.putShort((short) encoded.length).putShort((short) 0).flip();
    ByteBuffer central = little(46).putInt(ZipFormat.CENTRAL).putShort((short) 20);
    central.put(common.duplicate()).putInt(OFFSET, out.size());
    members.add(new Member(central.clear(), name));
    emit(little(4).putInt(ZipFormat.LOCAL).flip());
    emit(common);
    out.writeBytes(encoded);
    out.writeBytes(data);
    return this;
  }

  private void emit(ByteBuffer b) {
    while (b.hasRemaining()) {
      out.write(b.get());
    }
  }

  /** Overwrites a 32-bit field of the last member's directory header. */
  ZipBuilder lieInt(int field, int value) {
    members.get(members.size() - 1).header().putInt(field, value);
    return this;
  }

  /** Overwrites a 16-bit field of the last member's directory header. */
  ZipBuilder lieShort(int field, int value) {
    members.get(members.size() - 1).header().putShort(field, (short) value);
    return this;
  }

  byte[] build() {
    int start = out.size();
    for (Member m : members) {
      emit(m.header().duplicate());
      out.writeBytes(m.name().getBytes(StandardCharsets.UTF_8));
    }
    ByteBuffer end = little(22).putInt(ZipFormat.END).putInt(0);
    end.putShort((short) members.size()).putShort((short) members.size());
    end.putInt(out.size() - start).putInt(start).putShort((short) 0).flip();
    emit(end);
    return out.toByteArray();
  }

  private static ByteBuffer little(int size) {
    return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
  }
}
