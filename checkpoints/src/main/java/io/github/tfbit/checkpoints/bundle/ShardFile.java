package io.github.tfbit.checkpoints.bundle;

import static io.github.tfbit.checkpoints.CheckpointException.corrupt;

import io.github.tfbit.checkpoints.CheckpointException;
import io.github.tfbit.checkpoints.FileBytes;
import io.github.tfbit.checkpoints.Problem;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;

/** A data file: the tensors' bytes one after the other, and nothing else. */
final class ShardFile {
  private static final int CHUNK = 1 << 20;

  private final FileBytes file;

  private ShardFile(FileBytes file) {
    this.file = file;
  }

  /** The name of a data file, as {@code tensor_bundle/naming.h} has it. */
  static Path path(Path prefix, int shard, int shards) {
    return prefix.resolveSibling(
        prefix.getFileName() + String.format(Locale.ROOT, ".data-%05d-of-%05d", shard, shards));
  }

  /** Remembers a data file; it has to lie in its index's folder, even where both are links. */
  static ShardFile of(Path path, Path index) throws IOException {
    try {
      Path folder = index.toRealPath().getParent();
      if (!folder.equals(path.toRealPath().getParent())) {
        throw CheckpointException.unsupported(
            path.toString(),
            "a data file in the folder of its index",
            "a link to " + path.toRealPath(),
            "put the file itself there");
      }
    } catch (NoSuchFileException e) {
      throw new CheckpointException.Missing(
          new Problem(
              "the data file that " + index.getFileName() + " names",
              "nothing of that name",
              path.toString(),
              "a checkpoint is several files: copy or download all of them"),
          e);
    }
    return new ShardFile(FileBytes.of(path));
  }

  void require(BundleEntry entry, String where) throws CheckpointException {
    if (entry.offset() < 0
        || entry.size() < 0
        || entry.offset() > file.size()
        || entry.size() > file.size() - entry.offset()) {
      throw corrupt(
          where,
          entry.size() + " bytes at byte " + entry.offset() + " of " + file.where(),
          "a file of " + file.size() + " bytes");
    }
  }

  /** Fills the target from its position on; strings have a checksum of another kind. */
  void readUnchecked(BundleEntry entry, ByteBuffer target, String where) throws IOException {
    try (FileChannel channel = file.open()) {
      fill(channel, entry.offset(), target, where);
    }
  }

  /** Fills the target from its position on and checks the sum. */
  void read(BundleEntry entry, ByteBuffer target, String where) throws IOException {
    ByteBuffer piece = target.slice(target.position(), (int) entry.size());
    readUnchecked(entry, piece, where);
    requireCrc(entry, piece.flip(), where);
    target.position(target.position() + (int) entry.size());
  }

  /** Maps the bytes and checks the sum. */
  ByteBuffer map(BundleEntry entry, String where) throws IOException {
    if (entry.size() == 0) {
      requireCrc(entry, ByteBuffer.allocate(0), where);
      return ByteBuffer.allocate(0);
    }
    try (FileChannel channel = file.open()) {
      ByteBuffer bytes = channel.map(FileChannel.MapMode.READ_ONLY, entry.offset(), entry.size());
      requireCrc(entry, bytes, where);
      return bytes;
    }
  }

  private void requireCrc(BundleEntry entry, ByteBuffer bytes, String where) throws IOException {
    int found = MaskedCrc.of(bytes);
    if (found != entry.crc()) {
      throw corrupt(
          where,
          "masked CRC32C "
              + Integer.toHexString(entry.crc())
              + (" of " + entry.size() + " bytes at byte " + entry.offset())
              + (" of " + file.where()),
          Integer.toHexString(found));
    }
  }

  /** Reads until the target is full, in pieces: for heap memory the JDK copies each of them. */
  static void fill(FileChannel channel, long offset, ByteBuffer target, String where)
      throws IOException {
    int end = target.limit();
    long at = offset;
    while (target.position() < end) {
      target.limit(Math.min(end, target.position() + CHUNK));
      int n = channel.read(target, at);
      if (n < 0) {
        throw corrupt(where, end + " bytes at byte " + offset, "the end of the file");
      }
      at += n;
    }
    target.limit(end);
  }

  void close() {
    file.close();
  }
}
