package io.github.tfbit.checkpoints.bundle;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;

/** Makes a damaged index's block checksums right, so that what lies behind them is tested. */
final class Checksums {
  private Checksums() {}

  /** A copy whose first block and, if the footer still names one, index block are repaired. */
  static void repair(Path index, Path copy) throws IOException {
    ByteBuffer file = ByteBuffer.wrap(Files.readAllBytes(index)).order(ByteOrder.LITTLE_ENDIAN);
    try {
      ByteBuffer footer = file.slice(file.limit() - 48, 40);
      Varint.read(footer, "");
      Varint.read(footer, "");
      int at = (int) Varint.read(footer, "");
      int size = (int) Varint.read(footer, "");
      repair(file, at, size);
      ByteBuffer entry = file.slice(at, size);
      Varint.read(entry, "");
      entry.position(entry.position() + 2 + Varint.length(entry.duplicate(), ""));
      repair(file, (int) Varint.read(entry, ""), (int) Varint.read(entry, ""));
    } catch (IOException | IllegalArgumentException | IndexOutOfBoundsException e) {
      System.getLogger(Checksums.class.getName()).log(System.Logger.Level.TRACE, "too damaged", e);
    }
    Files.write(copy, file.array());
  }

  private static void repair(ByteBuffer file, int at, int size) {
    file.putInt(at + size + 1, MaskedCrc.of(file.slice(at, size + 1)));
  }
}
