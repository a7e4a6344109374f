package io.github.tfbit.checkpoints.fetch;

import io.github.tfbit.checkpoints.Problem;
import io.github.tfbit.checkpoints.fetch.FetchException.Reason;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.OptionalLong;

/** Free space, asked for before it is needed. */
@FunctionalInterface
interface Room {
  /** Left free, for records and for everybody else. */
  long MARGIN_BYTES = 16 << 20;

  /** What helps. */
  String REMEDY =
      "free space there, or choose another folder with --cache or TFBIT_CACHE; what has arrived is"
          + " kept there and resumed";

  /** Asks the system. */
  Room OF_DISK =
      folder -> {
        FileStore store = Files.getFileStore(folder);
        boolean silent = store.getTotalSpace() <= 0; // some network file systems do not say
        return silent ? OptionalLong.empty() : OptionalLong.of(store.getUsableSpace());
      };

  /**
   * How much is free.
   *
   * @param folder where something will be written
   * @return bytes, empty if the file system does not say
   * @throws IOException if asking fails
   */
  OptionalLong free(Path folder) throws IOException;

  /**
   * Refuses what will not go in.
   *
   * @param target what will be written
   * @param bytes how many more
   * @throws FetchException if there is no room
   */
  default void require(Path target, long bytes) throws IOException {
    OptionalLong free = free(target.toAbsolutePath().getParent());
    if (free.isPresent() && free.getAsLong() - MARGIN_BYTES < bytes) {
      throw new FetchException(
          Reason.DISK,
          new Problem(
              String.format(Locale.ROOT, "room for %,d bytes more", bytes),
              String.format(Locale.ROOT, "%,d bytes free", free.getAsLong()),
              target.toString(),
              REMEDY),
          null);
    }
  }
}
