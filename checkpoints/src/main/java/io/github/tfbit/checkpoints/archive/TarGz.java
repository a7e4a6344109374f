package io.github.tfbit.checkpoints.archive;

import io.github.tfbit.checkpoints.CheckpointException;
import io.github.tfbit.checkpoints.FileBytes;
import io.github.tfbit.checkpoints.TemporaryDirectory;
import java.io.IOException;
import java.nio.file.Path;

/** Gzipped tar archives, in which TF-Hub and Kaggle hand out their modules. */
public final class TarGz {
  private TarGz() {}

  /**
   * Unpacks an archive into a temporary directory.
   *
   * @param tarGz the file
   * @return its contents, to be closed
   * @throws CheckpointException if there is no such file, it is corrupt, or holds what no model has
   * @throws io.github.tfbit.checkpoints.OutputException if there is no room to unpack it
   * @throws IOException if reading fails
   */
  public static UnpackedArchive open(Path tarGz) throws IOException {
    FileBytes file = FileBytes.of(tarGz);
    TemporaryDirectory directory = TemporaryDirectory.create();
    if (file.size() > 0) {
      directory.close();
      throw CheckpointException.unsupported(
          file.where(), "a form that is read", "a gzipped archive", "unpack it first");
    }
    return new UnpackedArchive(directory, directory.path());
  }
}
