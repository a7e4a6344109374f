package io.github.tfbit.graph;

import io.github.tfbit.checkpoints.Checkpoint;
import io.github.tfbit.checkpoints.DType;
import io.github.tfbit.checkpoints.TensorInfo;
import io.github.tfbit.checkpoints.npz.NpzReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;

/** Outputs of the official code in float64, from the folder that {@code tfbit.shared} names. */
public final class Golden implements AutoCloseable {
  private final Checkpoint file;

  private Golden(Checkpoint file) {
    this.file = file;
  }

  /** Opens one of the files; fails if the property is not set or the file is not there. */
  public static Golden open(String name) throws IOException {
    String shared = System.getProperty("tfbit.shared");
    if (shared == null) {
      throw new IllegalStateException("golden tests need -Dtfbit.shared=FOLDER");
    }
    return new Golden(NpzReader.open(Path.of(shared, "golden", name + ".npz")));
  }

  public int whole(String name) throws IOException {
    return (int) values(name)[0];
  }

  public double[] values(String name) throws IOException {
    TensorInfo info = file.find(name).orElseThrow();
    ByteBuffer bytes = file.bytes(name);
    double[] values = new double[(int) info.elements()];
    for (int i = 0; i < values.length; i++) {
      values[i] = info.dtype() == DType.INT64 ? bytes.getLong() : bytes.getDouble();
    }
    return values;
  }

  public List<String> names() {
    return file.tensors().stream().map(TensorInfo::name).toList();
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
