package io.github.tfbit.features;

import io.github.tfbit.checkpoints.DType;
import io.github.tfbit.checkpoints.OutputException;
import io.github.tfbit.checkpoints.Problem;
import io.github.tfbit.checkpoints.npy.NpyHeader;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Writes rows one after the other into a file beside its target and moves it there when all are in.
 * A process that is killed leaves its rows to the next. The file is locked meanwhile.
 */
final class FeatureAppender implements Closeable {
  private static final long MARGIN_BYTES = 16 << 20;

  /**
   * Files of this process. They must not be opened a second time: POSIX drops a process's lock on a
   * file when any of its descriptors of that file is closed.
   */
  private static final Set<Path> OWN = ConcurrentHashMap.newKeySet();

  private final Path target;
  private final Path part;
  private final FileChannel channel;
  private final long rowBytes;
  private final int rows;
  private int done;

  private FeatureAppender(Path target, FileChannel channel, int rows, long rowBytes) {
    this.target = target;
    this.part = part(target);
    this.channel = channel;
    this.rows = rows;
    this.rowBytes = rowBytes;
  }

  private static Path part(Path target) {
    return target.resolveSibling(target.getFileName() + ".part");
  }

  /**
   * Opens a file to be, and takes over rows that are there.
   *
   * @param target where it will be
   * @param rows it will have
   * @param shape of each
   * @param multiple rows are taken over in whole multiples of this
   * @throws OutputException if another process is writing it, or there is no room
   */
  static FeatureAppender open(Path target, int rows, List<Integer> shape, int multiple)
      throws IOException {
    List<Integer> whole = new ArrayList<>(List.of(rows));
    whole.addAll(shape);
    byte[] header = NpyHeader.encode(DType.FLOAT32, whole);
    long rowBytes = shape.stream().mapToLong(d -> d).reduce(Float.BYTES, Math::multiplyExact);
    Path part = part(target);
    if (!OWN.add(part)) {
      throw taken(target);
    }
    FileChannel channel = null;
    try {
      channel = FileChannel.open(part, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (!lock(channel)) {
        throw taken(target);
      }
      long size = channel.size();
      FeatureAppender appender = new FeatureAppender(target, channel, rows, rowBytes);
      appender.done = (int) Math.max(0, (size - header.length) / rowBytes / multiple * multiple);
      requireRoom(target, rowBytes * (rows - appender.done));
      if (appender.done == 0) {
        channel.truncate(0);
        channel.write(ByteBuffer.wrap(header));
      } else {
        channel.truncate(header.length + appender.done * rowBytes);
        channel.position(channel.size());
      }
      return appender;
    } catch (IOException | RuntimeException e) {
      if (channel != null) {
        channel.close();
      }
      OWN.remove(part);
      throw e;
    }
  }

  private static boolean lock(FileChannel channel) {
    try {
      return channel.tryLock() != null;
    } catch (IOException e) {
      return true; // a file system without locks
    }
  }

  private static OutputException taken(Path target) {
    return new OutputException(
        new Problem(
            "features that nobody is computing",
            "another process, or another run of this one, at work on the same",
            target.toString(),
            "wait until it is done: they are then taken from it"),
        null);
  }

  private static void requireRoom(Path target, long bytes) throws IOException {
    FileStore store = Files.getFileStore(target.toAbsolutePath().getParent());
    if (store.getTotalSpace() > 0 && store.getUsableSpace() - MARGIN_BYTES < bytes) {
      throw new OutputException(
          new Problem(
              String.format(Locale.ROOT, "room for %,d bytes of features", bytes),
              String.format(Locale.ROOT, "%,d bytes free", store.getUsableSpace()),
              target.toString(),
              "free space there, choose another folder with TFBIT_CACHE, or a later layer to"
                  + " freeze up to, which has smaller features"),
          null);
    }
  }

  /** Rows that are in. */
  int done() {
    return done;
  }

  /** Adds whole rows. */
  void append(float[] values) throws IOException {
    ByteBuffer bytes =
        ByteBuffer.allocate(Math.multiplyExact(values.length, Float.BYTES))
            .order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(values);
    try {
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
    } catch (IOException e) {
      throw OutputException.whileWriting(target, e);
    }
    done += (int) (bytes.capacity() / rowBytes);
  }

  /** Moves the file into place. */
  void commit() throws IOException {
    if (done != rows) {
      throw new IllegalStateException("expected " + rows + " rows, found " + done);
    }
    channel.force(true);
    Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
  }

  /** What was written stays. */
  @Override
  public void close() throws IOException {
    channel.close();
    OWN.remove(part);
  }
}
