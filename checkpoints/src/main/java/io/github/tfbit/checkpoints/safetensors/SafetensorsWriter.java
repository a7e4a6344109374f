package io.github.tfbit.checkpoints.safetensors;

import io.github.tfbit.checkpoints.AtomicFile;
import io.github.tfbit.checkpoints.Checkpoint;
import io.github.tfbit.checkpoints.Checkpoints;
import io.github.tfbit.checkpoints.Existing;
import io.github.tfbit.checkpoints.TensorInfo;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;

/**
 * Writes safetensors files, byte for byte what the format's own library (0.8.0) makes of the same
 * tensors: sorted by element type, 64 bits first, then by name; the header padded with spaces to 8
 * bytes. One piece of one tensor is held at a time.
 */
public final class SafetensorsWriter {
  private SafetensorsWriter() {}

  /**
   * Writes a new file; it appears whole or not at all.
   *
   * @param target a file that does not exist, in a folder that does
   * @param weights the tensors, in any order
   * @param metadata for {@code __metadata__}, in this order; none is written if empty. timm and
   *     Hugging Face expect {@code format: pt}
   * @throws io.github.tfbit.checkpoints.OutputException if the target exists, the disk is full or
   *     cannot be written, or a name cannot be written down
   * @throws IOException if the weights cannot be read
   */
  public static void write(Path target, Checkpoint weights, Map<String, String> metadata)
      throws IOException {
    write(target, weights, metadata, Existing.REFUSE);
  }

  /**
   * Writes a file; it appears whole or not at all.
   *
   * @param target a file in a folder that exists
   * @param weights the tensors, in any order
   * @param metadata for {@code __metadata__}, in this order; none is written if empty. timm and
   *     Hugging Face expect {@code format: pt}
   * @param existing what to do if the target exists
   * @throws io.github.tfbit.checkpoints.OutputException if the target exists and must not, the disk
   *     is full or cannot be written, or a name cannot be written down
   * @throws IOException if the weights cannot be read
   */
  public static void write(
      Path target, Checkpoint weights, Map<String, String> metadata, Existing existing)
      throws IOException {
    List<TensorInfo> ordered = HeaderWriter.ordered(weights.tensors());
    byte[] header = HeaderWriter.header(ordered, metadata, target);
    AtomicFile.write(target, existing, temporary -> write(temporary, header, weights, ordered));
  }

  private static void write(Path file, byte[] header, Checkpoint weights, List<TensorInfo> ordered)
      throws IOException {
    try (FileChannel out = FileChannel.open(file, StandardOpenOption.WRITE)) {
      writeAll(out, ByteBuffer.wrap(header));
      for (TensorInfo tensor : ordered) {
        Checkpoints.stream(weights, tensor, piece -> writeAll(out, piece));
      }
    }
  }

  private static void writeAll(FileChannel out, ByteBuffer piece) throws IOException {
    while (piece.hasRemaining()) {
      out.write(piece);
    }
  }
}
