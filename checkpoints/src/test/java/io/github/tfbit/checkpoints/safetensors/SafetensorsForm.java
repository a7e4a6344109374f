package io.github.tfbit.checkpoints.safetensors;

import io.github.tfbit.checkpoints.Checkpoint;
import io.github.tfbit.checkpoints.Checkpoints;
import io.github.tfbit.checkpoints.DType;
import io.github.tfbit.checkpoints.testing.CheckpointContract;
import java.io.IOException;
import java.nio.file.Path;

/** Headers in another order than the contents', padded or not, of every element type. */
enum SafetensorsForm implements CheckpointContract.Form {
  SINGLE(DType.FLOAT32, ""),
  PADDED(DType.FLOAT32, "     "),
  HALF_WIDENED(DType.FLOAT16, ""),
  BFLOAT_WIDENED(DType.BFLOAT16, " "),
  DOUBLE_NARROWED(DType.FLOAT64, "");

  private final DType dtype;
  private final String padding;

  SafetensorsForm(DType dtype, String padding) {
    this.dtype = dtype;
    this.padding = padding;
  }

  @Override
  public Path file(Path dir) {
    return dir.resolve(name() + ".safetensors");
  }

  @Override
  public Checkpoint open(Path dir) throws IOException {
    new SafetensorsBuilder()
        .add("a/x", dtype, "[2,3]", 0, 1, 2, 3, 4, 5)
        .add("s", dtype, "[]", 2.5f)
        .add("e", dtype, "[0,2]")
        .write(file(dir), padding);
    return Checkpoints.asFloat32(SafetensorsReader.open(file(dir)));
  }
}
