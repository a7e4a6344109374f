package io.github.tfbit.checkpoints.safetensors;

import io.github.tfbit.checkpoints.TensorInfo;

/**
 * A tensor and where it lies.
 *
 * @param info name, type and shape; at most 2 GiB
 * @param offset of its first byte, from the beginning of the file
 */
record StoredTensor(TensorInfo info, long offset) {
  int size() {
    return Math.toIntExact(info.byteSize());
  }
}
