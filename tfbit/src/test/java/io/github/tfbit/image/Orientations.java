package io.github.tfbit.image;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;

/** Puts an EXIF orientation into pictures. */
final class Orientations {
  private Orientations() {}

  /** A TIFF structure of one directory: another field first, then the orientation. */
  static byte[] tiff(ByteOrder order, int orientation) {
    ByteBuffer b = ByteBuffer.allocate(8 + 2 + 24 + 4).order(order);
    byte letter = (byte) (order == ByteOrder.BIG_ENDIAN ? 'M' : 'I');
    b.put(letter).put(letter).putShort((short) 42).putInt(8).putShort((short) 2);
    b.putShort((short) 0x0100).putShort((short) 4).putInt(1).putInt(7);
    b.putShort((short) 0x0112).putShort((short) 3).putInt(1).putShort((short) orientation);
    return b.array();
  }

  /** In an APP1 segment right behind the start. */
  static byte[] jpeg(byte[] file, byte[] tiff) {
    ByteBuffer segment = ByteBuffer.allocate(4 + 6 + tiff.length);
    segment.putShort((short) 0xFFE1).putShort((short) (2 + 6 + tiff.length));
    segment.put("Exif\0\0".getBytes(StandardCharsets.US_ASCII)).put(tiff);
    return inserted(file, 2, segment.array());
  }

  /** In an eXIf chunk behind the header. */
  static byte[] png(byte[] file, byte[] tiff) {
    byte[] content = new byte[4 + tiff.length];
    ByteBuffer.wrap(content).put("eXIf".getBytes(StandardCharsets.US_ASCII)).put(tiff);
    CRC32 sum = new CRC32();
    sum.update(content);
    ByteBuffer chunk = ByteBuffer.allocate(8 + content.length);
    chunk.putInt(tiff.length).put(content).putInt((int) sum.getValue());
    return inserted(file, 33, chunk.array());
  }

  private static byte[] inserted(byte[] file, int at, byte[] part) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(file, 0, at);
    out.writeBytes(part);
    out.write(file, at, file.length - at);
    return out.toByteArray();
  }
}
