package io.github.tfbit.converters.catalogue;

import io.github.tfbit.checkpoints.TensorInfo;
import io.github.tfbit.checkpoints.npy.NpyHeader;
import io.github.tfbit.converters.Architecture;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The length of a file in the published npz layout. For R152x2 with 1,000 classes it is the
 * 945,485,848 bytes of the published {@code R152x2_T_384.npz}.
 */
final class NpzSize {
  private static final int LOCAL_HEADER = 30;

  /** numpy forces a zip64 field into each local header. */
  private static final int LOCAL_ZIP64 = 20;

  private static final int CENTRAL_HEADER = 46;
  private static final int END = 22;

  /**
   * What Python's zipfile adds for offsets beyond its limit: 4 bytes and the offset of a member.
   */
  private static final int CENTRAL_ZIP64 = 12;

  private static final int END_ZIP64 = 56 + 20;
  private static final long PYTHON_LIMIT = Integer.MAX_VALUE;

  private NpzSize() {}

  /** Bytes of a file with regular names. */
  static long of(Architecture architecture, int classes) {
    return of(architecture.tensors(classes));
  }

  static long of(List<TensorInfo> tensors) {
    long local = 0;
    long central = 0;
    for (TensorInfo tensor : tensors) {
      long name = (tensor.name() + ".npy").getBytes(StandardCharsets.UTF_8).length;
      central += CENTRAL_HEADER + name + (local > PYTHON_LIMIT ? CENTRAL_ZIP64 : 0);
      int header = NpyHeader.encode(tensor.dtype(), tensor.shape()).length;
      local += LOCAL_HEADER + LOCAL_ZIP64 + name + header + tensor.byteSize();
    }
    return local + central + END + (local > PYTHON_LIMIT ? END_ZIP64 : 0);
  }
}
