package io.github.tfbit.integration.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;

/** Packs a file or a folder as {@code tar czf} would (POSIX ustar, short names only). */
final class TarGzFile {
  private static final int BLOCK = 512;

  private TarGzFile() {}

  static Path of(Path packed) throws IOException {
    Path archive = packed.resolveSibling(packed.getFileName() + ".tar.gz");
    Path root = Files.isDirectory(packed) ? packed : packed.getParent();
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(archive));
        Stream<Path> tree = Files.walk(packed)) {
      List<Path> files = tree.filter(Files::isRegularFile).sorted().toList();
      for (Path file : files) {
        byte[] contents = Files.readAllBytes(file);
        out.write(header(root.relativize(file).toString(), contents.length));
        out.write(contents);
        out.write(new byte[(BLOCK - contents.length % BLOCK) % BLOCK]);
      }
      out.write(new byte[2 * BLOCK]);
    }
    return archive;
  }

  private static byte[] header(String name, int size) {
    ByteBuffer h = ByteBuffer.allocate(BLOCK);
    put(h, 0, name);
    put(h, 100, "0000644");
    put(h, 124, String.format(Locale.ROOT, "%011o", size));
    put(h, 136, "00000000000");
    put(h, 148, "        ");
    put(h, 156, "0");
    put(h, 257, "ustar");
    put(h, 263, "00");
    int sum = 0;
    for (byte b : h.array()) {
      sum += b & 0xFF;
    }
    put(h, 148, String.format(Locale.ROOT, "%06o\0 ", sum));
    return h.array();
  }

  private static void put(ByteBuffer header, int at, String text) {
    header.put(at, text.getBytes(StandardCharsets.US_ASCII));
  }
}
