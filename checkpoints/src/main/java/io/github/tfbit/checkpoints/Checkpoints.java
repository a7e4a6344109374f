package io.github.tfbit.checkpoints;

import java.io.IOException;
import java.util.List;

/** Views of checkpoints. */
public final class Checkpoints {
  private Checkpoints() {}

  /**
   * The same tensors as float32: half precision is widened, which is exact; double precision is
   * rounded to nearest, which is not, and overflows to infinity. Float32 tensors pass unchanged.
   *
   * @param checkpoint of floating-point tensors; closed with the view
   * @return a view that converts one tensor at a time
   * @throws CheckpointException.Mismatch if a tensor holds whole numbers
   */
  public static Checkpoint asFloat32(Checkpoint checkpoint) throws CheckpointException {
    List<TensorInfo> whole =
        checkpoint.tensors().stream().filter(t -> t.dtype() == DType.INT64).toList();
    if (!whole.isEmpty()) {
      throw new CheckpointException.Mismatch(
          new Problem(
              "floating-point tensors",
              DType.INT64 + " in '" + whole.get(0).name() + "'",
              checkpoint.source(),
              "this is no file of weights; name another"));
    }
    boolean nothingToDo = checkpoint.tensors().stream().allMatch(t -> t.dtype() == DType.FLOAT32);
    return nothingToDo ? checkpoint : new Float32View(checkpoint);
  }

  /**
   * Hands on one tensor's contents in pieces and counts them, for writers: what has been announced
   * in a header must follow.
   *
   * @param checkpoint that holds the tensor
   * @param tensor which one
   * @param sink takes the pieces
   * @throws IllegalStateException if they are not as long as the tensor says
   * @throws IOException if reading fails, or the sink does
   */
  public static void stream(Checkpoint checkpoint, TensorInfo tensor, Checkpoint.Sink sink)
      throws IOException {
    long[] handed = new long[1];
    checkpoint.stream(
        tensor.name(),
        piece -> {
          handed[0] += piece.remaining();
          sink.accept(piece);
        });
    if (handed[0] != tensor.byteSize()) {
      throw new IllegalStateException(
          "expected "
              + tensor.byteSize()
              + " bytes of "
              + tensor.name()
              + " from "
              + (checkpoint.source() + ", found " + handed[0]));
    }
  }
}
