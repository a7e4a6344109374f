package io.github.tfbit.graph;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.buffer.DataStorageVisitor;
import org.tensorflow.types.TFloat32;

/** A tensor's own native memory, without a copy through the heap. */
public final class Tensors {
  private Tensors() {}

  /**
   * A tensor's memory.
   *
   * @param tensor of numbers, at most 2 GiB
   * @return its bytes, C order, writable, in the machine's byte order; valid until the tensor is
   *     closed, and the caller sees to that
   */
  public static ByteBuffer memory(Tensor tensor) {
    return tensor
        .asRawTensor()
        .data()
        .accept(
            new DataStorageVisitor<ByteBuffer>() {
              @Override
              public ByteBuffer visit(long address, long length, long scale) {
                return new Address(address, length * scale)
                    .asByteBuffer()
                    .order(ByteOrder.nativeOrder());
              }

              @Override
              public ByteBuffer fallback() {
                throw new IllegalStateException(tensor + " has no native memory");
              }
            });
  }

  /**
   * Copies a tensor's values.
   *
   * @param tensor of less than 2^31 values
   * @return its values in C order
   */
  public static float[] floats(TFloat32 tensor) {
    float[] values = new float[Math.toIntExact(tensor.size())];
    tensor.asRawTensor().data().asFloats().read(values);
    return values;
  }

  /** A pointer to memory that somebody else owns. */
  private static final class Address extends BytePointer {
    Address(long address, long bytes) {
      super((Pointer) null);
      this.address = address;
      this.limit = bytes;
      this.capacity = bytes;
    }
  }
}
