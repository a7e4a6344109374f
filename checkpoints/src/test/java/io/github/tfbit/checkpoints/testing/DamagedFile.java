package io.github.tfbit.checkpoints.testing;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * A file that is damaged in place and restored from a copy, of which only what was touched is
 * copied back: a mutation of a big file costs no more than its damage.
 */
final class DamagedFile implements Closeable {
  private record Touched(long from, long to) {}

  private final Path path;
  private final Path copy;
  private final FileChannel file;
  private final FileChannel valid;
  private final List<Touched> touched = new ArrayList<>();

  DamagedFile(Path path) throws IOException {
    this.path = path;
    this.copy = Files.createTempFile("tfbit-valid-", ".part");
    Files.copy(path, copy, StandardCopyOption.REPLACE_EXISTING);
    this.valid = FileChannel.open(copy, StandardOpenOption.READ);
    this.file = FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE);
  }

  long size() throws IOException {
    return file.size();
  }

  byte[] get(long at, int length) throws IOException {
    ByteBuffer target = ByteBuffer.allocate(length);
    while (target.hasRemaining()) {
      if (file.read(target, at + target.position()) < 0) {
        throw new EOFException(path + ": no " + length + " bytes at " + at);
      }
    }
    return target.array();
  }

  void put(long at, byte... bytes) throws IOException {
    touched.add(new Touched(at, at + bytes.length));
    ByteBuffer source = ByteBuffer.wrap(bytes);
    while (source.hasRemaining()) {
      file.write(source, at + source.position());
    }
  }

  /** Puts bytes in place of others; what follows moves. */
  void replace(long at, int removed, byte... bytes) throws IOException {
    byte[] tail = get(at + removed, Math.toIntExact(size() - at - removed));
    cut(at);
    put(at, bytes);
    put(at + bytes.length, tail);
  }

  void cut(long length) throws IOException {
    touched.add(new Touched(length, size()));
    file.truncate(length);
  }

  /** Makes the file what it was. */
  void restore() throws IOException {
    file.truncate(valid.size());
    for (Touched t : touched) {
      long end = Math.min(t.to(), valid.size());
      for (long at = t.from(); at < end; ) {
        file.position(at);
        at += valid.transferTo(at, end - at, file);
      }
    }
    touched.clear();
  }

  @Override
  public void close() throws IOException {
    try (file;
        valid) {
      restore();
    } finally {
      Files.delete(copy);
    }
  }
}
