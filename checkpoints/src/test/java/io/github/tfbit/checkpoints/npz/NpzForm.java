package io.github.tfbit.checkpoints.npz;

import io.github.tfbit.checkpoints.Checkpoint;
import io.github.tfbit.checkpoints.Checkpoints;
import io.github.tfbit.checkpoints.testing.CheckpointContract;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** The archives that numpy and this project write. */
enum NpzForm implements CheckpointContract.Form {
  STORED,
  ZIP64,
  DEFLATED,
  FORTRAN,
  FORTRAN_DEFLATED,
  HALF_WIDENED,
  DOUBLE_NARROWED;

  @Override
  public Path file(Path dir) {
    return dir.resolve(name() + ".npz");
  }

  @Override
  public Checkpoint open(Path dir) throws IOException {
    Path f = file(dir);
    switch (this) {
      case STORED -> NpzWriter.write(f, CheckpointContract.tiny());
      case ZIP64 -> NpzWriter.write(Files.createFile(f), CheckpointContract.tiny(), 100);
      default -> Files.write(f, built());
    }
    return Checkpoints.asFloat32(NpzReader.open(f));
  }

  private byte[] built() {
    float[] x = fortran() ? new float[] {0, 3, 1, 4, 2, 5} : new float[] {0, 1, 2, 3, 4, 5};
    ZipBuilder zip = new ZipBuilder();
    add(zip, "a/x.npy", npy("(2, 3)", x));
    add(zip, "s.npy", npy("()", 2.5f));
    add(zip, "e.npy", npy("(0, 2)"));
    return zip.build();
  }

  private boolean fortran() {
    return this == FORTRAN || this == FORTRAN_DEFLATED;
  }

  private void add(ZipBuilder zip, String name, byte[] npy) {
    if (this == DEFLATED || this == FORTRAN_DEFLATED) {
      zip.deflated(name, npy);
    } else {
      zip.stored(name, npy);
    }
  }

  private int width() {
    return this == HALF_WIDENED ? 2 : this == DOUBLE_NARROWED ? 8 : 4;
  }

  private byte[] npy(String shape, float... values) {
    String order = fortran() ? "True" : "False";
    String header =
        "{'descr': '<f" + width() + "', 'fortran_order': " + order + ", 'shape': " + shape + "}\n";
    byte[] file = ZipBuilder.npy(header, width() * values.length);
    int at = 10 + header.getBytes(StandardCharsets.ISO_8859_1).length;
    ByteBuffer b = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).position(at);
    for (float v : values) {
      switch (width()) {
        case 2 -> b.putShort(half(v));
        case 4 -> b.putFloat(v);
        default -> b.putDouble(v);
      }
    }
    return file;
  }

  /**
   * Binary16 of the few normal values used here: none of their fractions is longer than 10 bits.
   */
  private static short half(float v) {
    int bits = Float.floatToRawIntBits(v);
    int exponent = (bits >>> 23) - 127 + 15;
    int fraction = (bits >>> 13) & 0x3ff;
    return (short) (v == 0 ? 0 : (exponent << 10) | fraction);
  }
}
