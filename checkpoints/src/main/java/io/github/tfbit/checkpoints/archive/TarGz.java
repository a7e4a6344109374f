package io.github.tfbit.checkpoints.archive;

import io.github.tfbit.checkpoints.CheckpointException;
import io.github.tfbit.checkpoints.FileBytes;
import io.github.tfbit.checkpoints.TemporaryDirectory;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Gzipped tar archives, in which TF-Hub and Kaggle hand out their modules. Nothing in one is
 * believed: only plain files and directories with plain relative names are unpacked, never more
 * than the temporary directory has room for, and nothing outside it is touched.
 */
public final class TarGz {
  private TarGz() {}

  /**
   * Unpacks an archive into a temporary directory, {@code java.io.tmpdir}.
   *
   * @param tarGz the file; the ending of its name means nothing
   * @return its contents, to be closed
   * @throws CheckpointException if there is no such file, it is corrupt, or holds what no model has
   * @throws io.github.tfbit.checkpoints.OutputException if there is no room to unpack it
   * @throws IOException if reading fails
   */
  public static UnpackedArchive open(Path tarGz) throws IOException {
    FileBytes file = FileBytes.of(tarGz);
    return unpack(file, TemporaryDirectory.create(), d -> Files.getFileStore(d).getUsableSpace());
  }

  /** How much may be written into a directory. */
  @FunctionalInterface
  interface Room {
    long bytes(Path directory) throws IOException;
  }

  static UnpackedArchive unpack(FileBytes file, TemporaryDirectory directory, Room room)
      throws IOException {
    try (FileChannel channel = file.open()) {
      new Unpacking(file, directory.path(), room).run(channel);
      return new UnpackedArchive(directory, root(directory.path(), file.where()));
    } catch (IOException | RuntimeException | Error e) {
      try (directory) {
        throw e;
      }
    }
  }

  /** Archives hold a module with or without a folder around it, {@code ./saved_model.pb}. */
  private static Path root(Path directory, String where) throws IOException {
    List<Path> top;
    try (Stream<Path> entries = Files.list(directory)) {
      top = entries.limit(2).toList();
    }
    if (top.isEmpty()) {
      throw CheckpointException.corrupt(where, "an archive that holds a model", "an empty one");
    }
    return top.size() == 1 ? top.get(0) : directory;
  }
}
