package io.github.tfbit.checkpoints.archive;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;

/** Archives put together by hand, block by block (POSIX.1-1988 ustar), valid or not. */
final class TarBuilder {
  private static final int BLOCK = 512;

  private final ByteArrayOutputStream tar = new ByteArrayOutputStream();

  TarBuilder file(String name, String contents) {
    byte[] bytes = contents.getBytes(StandardCharsets.UTF_8);
    return member(name, '0', bytes.length, bytes);
  }

  TarBuilder directory(String name) {
    return member(name, '5', 0);
  }

  /** Any member: its type flag, the size that it claims, and what follows. */
  TarBuilder member(String name, char type, long size, byte... contents) {
    return member(name, type, "%011o".formatted(size), contents);
  }

  /** A member with a size field of any text. */
  TarBuilder member(String name, char type, String size, byte... contents) {
    byte[] header = new byte[BLOCK];
    put(header, 0, name);
    put(header, 100, "0000644\0000000000\0000000000");
    put(header, 124, size);
    put(header, 136, "00000000000");
    put(header, 156, String.valueOf(type));
    put(header, 157, type == '1' || type == '2' ? "/etc/passwd" : "");
    put(header, 257, "ustar\00000");
    put(header, 148, "        ");
    int sum = 0;
    for (byte b : header) {
      sum += b & 0xff;
    }
    put(header, 148, "%06o\0 ".formatted(sum));
    tar.writeBytes(header);
    return raw(contents);
  }

  /** Bytes as they are, filled to whole blocks. */
  TarBuilder raw(byte... bytes) {
    tar.writeBytes(Arrays.copyOf(bytes, (bytes.length + BLOCK - 1) / BLOCK * BLOCK));
    return this;
  }

  private static void put(byte[] header, int at, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    System.arraycopy(bytes, 0, header, at, bytes.length);
  }

  /** Writes the archive with its end, two blocks of zeros. */
  Path write(Path target) throws IOException {
    return Files.write(target, gzip(raw(new byte[2 * BLOCK]).tar.toByteArray()));
  }

  /** Writes the archive without its end. */
  Path writeUnended(Path target) throws IOException {
    return Files.write(target, gzip(tar.toByteArray()));
  }

  static byte[] gzip(byte[] plain) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(plain);
    }
    return bytes.toByteArray();
  }
}
