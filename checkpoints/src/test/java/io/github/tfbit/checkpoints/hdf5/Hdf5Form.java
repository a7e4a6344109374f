package io.github.tfbit.checkpoints.hdf5;

import io.github.tfbit.checkpoints.Checkpoint;
import io.github.tfbit.checkpoints.testing.CheckpointContract;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** The same tensors in each generation of the format, by the HDF5 library and by the test's own. */
enum Hdf5Form implements CheckpointContract.Form {
  EARLIEST,
  V18,
  LATEST,
  COMPACT,
  BUILT,
  BUILT_LAYOUT_1;

  @Override
  public Path file(Path dir) {
    return dir.resolve(name() + ".h5");
  }

  @Override
  public Checkpoint open(Path dir) throws IOException {
    return Hdf5Reader.open(write(dir));
  }

  Path write(Path dir) throws IOException {
    return Files.write(file(dir), contents());
  }

  private byte[] contents() throws IOException {
    return switch (this) {
      case BUILT -> built(3);
      case BUILT_LAYOUT_1 -> built(1);
      default -> resource("tiny-" + name().toLowerCase(Locale.ROOT));
    };
  }

  private static byte[] built(int layoutVersion) throws IOException {
    return new Hdf5Builder()
        .layoutVersion(layoutVersion)
        .datasets(CheckpointContract.tiny())
        .build();
  }

  /** A file that the HDF5 library wrote; see the README beside it. */
  static byte[] resource(String name) throws IOException {
    try (InputStream in = Hdf5Form.class.getResourceAsStream("/hdf5/" + name + ".h5")) {
      return in.readAllBytes();
    }
  }
}
