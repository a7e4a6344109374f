package io.github.tfbit.contract;

import com.google.protobuf.ByteString;
import io.github.tfbit.graph.Tensors;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.NdArrays;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.TensorProto;
import org.tensorflow.proto.TensorShapeProto;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.TString;
import org.tensorflow.types.TUint8;

/** Tensors as requests hold them. No size in them is believed before it is compared. */
final class RequestTensors {
  private RequestTensors() {}

  /** How many rows there are; empty if the shape is not whole or the first dimension is missing. */
  static Optional<Integer> rows(TensorProto proto) {
    List<TensorShapeProto.Dim> dims = proto.getTensorShape().getDimList();
    boolean whole =
        !dims.isEmpty()
            && dims.stream().allMatch(d -> d.getSize() >= 0 && d.getSize() <= Integer.MAX_VALUE);
    return whole ? Optional.of((int) dims.get(0).getSize()) : Optional.empty();
  }

  /**
   * Some of the rows.
   *
   * @return a tensor for the caller to close; empty for element types that requests seldom have,
   *     and where there are other values than the shape says
   */
  static Optional<Tensor> of(TensorProto proto, int from, int to) {
    List<TensorShapeProto.Dim> dims = proto.getTensorShape().getDimList();
    long row = 1;
    for (TensorShapeProto.Dim dim : dims.subList(1, dims.size())) {
      row *= dim.getSize();
      if (row > Integer.MAX_VALUE) {
        return Optional.empty();
      }
    }
    long[] shape = dims.stream().mapToLong(TensorShapeProto.Dim::getSize).toArray();
    shape[0] = to - (long) from;
    if (proto.getDtype() == DataType.DT_STRING) {
      return row == 1 && dims.size() == 1 ? strings(proto, from, to) : Optional.empty();
    }
    return numbers(proto, Shape.of(shape), from * row, to * row);
  }

  private static Optional<Tensor> strings(TensorProto proto, int from, int to) {
    if (proto.getStringValCount() < to) {
      return Optional.empty();
    }
    byte[][] rows =
        proto.getStringValList().subList(from, to).stream()
            .map(ByteString::toByteArray)
            .toArray(byte[][]::new);
    return rows.length == 0
        ? Optional.empty()
        : Optional.of(TString.tensorOfBytes(NdArrays.vectorOfObjects(rows)));
  }

  private static Optional<Tensor> numbers(TensorProto proto, Shape shape, long from, long to) {
    int width =
        switch (proto.getDtype()) {
          case DT_UINT8 -> 1;
          case DT_FLOAT, DT_INT32 -> Integer.BYTES;
          case DT_INT64 -> Long.BYTES;
          default -> 0;
        };
    ByteString content = content(proto);
    if (width == 0 || to * width > content.size()) {
      return Optional.empty();
    }
    Tensor tensor =
        switch (proto.getDtype()) {
          case DT_UINT8 -> TUint8.tensorOf(shape);
          case DT_FLOAT -> TFloat32.tensorOf(shape);
          case DT_INT32 -> TInt32.tensorOf(shape);
          default -> TInt64.tensorOf(shape);
        };
    content
        .substring((int) (from * width), (int) (to * width))
        .copyTo(Tensors.memory(tensor).order(ByteOrder.LITTLE_ENDIAN));
    return Optional.of(tensor);
  }

  /** The values as bytes, in whichever of the two ways they are written. */
  private static ByteString content(TensorProto proto) {
    if (!proto.getTensorContent().isEmpty()) {
      return proto.getTensorContent();
    }
    List<Number> values = new ArrayList<>();
    values.addAll(proto.getFloatValList());
    values.addAll(proto.getIntValList());
    values.addAll(proto.getInt64ValList());
    ByteBuffer bytes =
        ByteBuffer.allocate(values.size() * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (Number value : values) {
      switch (proto.getDtype()) {
        case DT_FLOAT -> bytes.putFloat(value.floatValue());
        case DT_INT32 -> bytes.putInt(value.intValue());
        case DT_UINT8 -> bytes.put(value.byteValue());
        default -> bytes.putLong(value.longValue());
      }
    }
    return ByteString.copyFrom(bytes.flip());
  }
}
