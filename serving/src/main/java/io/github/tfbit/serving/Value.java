package io.github.tfbit.serving;

import com.google.protobuf.ByteString;
import java.util.List;
import java.util.Objects;
import org.tensorflow.proto.DataType;

/**
 * A tensor as clients send and get it: its shape, and its elements in C order.
 *
 * @param shape sizes of its dimensions
 * @param data its elements
 */
record Value(List<Integer> shape, Data data) {
  /** The elements of a tensor. */
  sealed interface Data {
    /** What TensorFlow calls it. */
    DataType type();

    /** How many there are. */
    int size();
  }

  /** DT_FLOAT. */
  @SuppressWarnings("ArrayRecordComponent")
  record Floats(float[] values) implements Data {
    @Override
    public DataType type() {
      return DataType.DT_FLOAT;
    }

    @Override
    public int size() {
      return values.length;
    }
  }

  /** DT_UINT8. */
  @SuppressWarnings("ArrayRecordComponent")
  record Bytes(byte[] values) implements Data {
    @Override
    public DataType type() {
      return DataType.DT_UINT8;
    }

    @Override
    public int size() {
      return values.length;
    }
  }

  /** DT_STRING: any bytes. */
  record Strings(List<ByteString> values) implements Data {
    @Override
    public DataType type() {
      return DataType.DT_STRING;
    }

    @Override
    public int size() {
      return values.size();
    }
  }

  /** Of a type that no signature has; only its name is of interest. */
  record Other(DataType type) implements Data {
    @Override
    public int size() {
      return 0;
    }
  }

  /** Checks that all is there. */
  Value {
    Objects.requireNonNull(data, "data");
    shape = List.copyOf(shape);
  }

  /** As many rows as the first dimension says. */
  int rows() {
    return shape.isEmpty() ? 0 : shape.get(0);
  }
}
