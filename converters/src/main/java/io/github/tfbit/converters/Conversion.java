package io.github.tfbit.converters;

import io.github.tfbit.checkpoints.Checkpoint;
import io.github.tfbit.checkpoints.CheckpointException;
import io.github.tfbit.checkpoints.Existing;
import io.github.tfbit.checkpoints.npz.NpzWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Writes weights for another reader, without losing a bit. */
public final class Conversion {
  private Conversion() {}

  /**
   * What was written.
   *
   * @param path of the file or directory
   * @param files all of it: the weights first
   * @param bytes of all files together
   */
  public record Written(Path path, List<Path> files, long bytes) {
    /** Copies the list. */
    public Written {
      files = List.copyOf(files);
    }
  }

  /**
   * Writes a whole model; it appears whole or not at all.
   *
   * @param weights float32 tensors under the published names, as {@link ModelFile#weights} gives
   *     them; stays the caller's
   * @param card what the reader has to know besides them
   * @param target the form
   * @param out the file or directory, as the command line's {@code --out}
   * @param existing what to do if it is there
   * @return what was written
   * @throws CheckpointException.Mismatch if the target's reader could not use the model rightly
   * @throws io.github.tfbit.checkpoints.OutputException if the place is taken, full or not to be
   *     written
   * @throws IOException if the weights cannot be read
   */
  public static Written write(
      Checkpoint weights, ModelCard card, Target target, Path out, Existing existing)
      throws IOException {
    if (target != Target.NPZ) {
      throw CheckpointException.unsupported(
          out.toString(), "a form that is written", target.name(), "write npz");
    }
    NpzWriter.write(out, weights, existing);
    return new Written(out, List.of(out), Files.size(out));
  }
}
