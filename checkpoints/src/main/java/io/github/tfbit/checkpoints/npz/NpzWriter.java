package io.github.tfbit.checkpoints.npz;

import io.github.tfbit.checkpoints.AtomicFile;
import io.github.tfbit.checkpoints.Checkpoint;
import io.github.tfbit.checkpoints.Checkpoints;
import io.github.tfbit.checkpoints.Existing;
import io.github.tfbit.checkpoints.TensorInfo;
import io.github.tfbit.checkpoints.npy.NpyHeader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Writes the published layout, byte for byte what numpy's {@code savez} makes of the same arrays in
 * the same order. One tensor is held at a time.
 */
public final class NpzWriter {
  private NpzWriter() {}

  /**
   * Writes a new archive; it appears whole or not at all.
   *
   * @param target a file that does not exist, in a folder that does
   * @param weights the tensors, in the order in which they are to be in the file
   * @throws io.github.tfbit.checkpoints.OutputException if the target exists, the disk is full or
   *     cannot be written
   * @throws IOException if the weights cannot be read
   */
  public static void write(Path target, Checkpoint weights) throws IOException {
    write(target, weights, Existing.REFUSE);
  }

  /**
   * Writes an archive; it appears whole or not at all.
   *
   * @param target a file in a folder that exists
   * @param weights the tensors, in the order in which they are to be in the file
   * @param existing what to do if the target exists
   * @throws io.github.tfbit.checkpoints.OutputException if the target exists and must not, the disk
   *     is full or cannot be written
   * @throws IOException if the weights cannot be read
   */
  public static void write(Path target, Checkpoint weights, Existing existing) throws IOException {
    AtomicFile.write(
        target, existing, temporary -> write(temporary, weights, ZipWriter.PYTHON_LIMIT));
  }

  /** Writes in place, with another limit than Python's so that zip64 is tested on small files. */
  static void write(Path file, Checkpoint weights, long zip64Limit) throws IOException {
    try (FileChannel out = FileChannel.open(file, StandardOpenOption.WRITE)) {
      ZipWriter zip = new ZipWriter(out, zip64Limit);
      for (TensorInfo tensor : weights.tensors()) {
        ByteBuffer header = ByteBuffer.wrap(NpyHeader.encode(tensor.dtype(), tensor.shape()));
        zip.add(
            tensor.name() + ".npy",
            sink -> {
              sink.accept(header);
              Checkpoints.stream(weights, tensor, sink);
            });
      }
      zip.finish();
    }
  }
}
