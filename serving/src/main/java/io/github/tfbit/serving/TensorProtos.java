package io.github.tfbit.serving;

import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.TensorProto;
import org.tensorflow.proto.TensorShapeProto;

/** Tensors on the wire (tensorflow/core/framework/tensor.proto), both ways. */
final class TensorProtos {
  /** One value may stand for that many: a small message is not to become a large tensor. */
  private static final int MOST_REPEATED = 1 << 20;

  private TensorProtos() {}

  /**
   * Reads a tensor: its elements lie as raw bytes, or in the field of their type, where the last
   * one stands for those that are left out.
   *
   * @param alias of the tensor, for messages
   * @throws ServingException if shape and elements do not fit
   */
  static Value read(String alias, TensorProto proto) {
    List<Integer> shape = new ArrayList<>();
    long elements = 1;
    for (TensorShapeProto.Dim dim : proto.getTensorShape().getDimList()) {
      long size = dim.getSize();
      if (size < 0 || size > Integer.MAX_VALUE || elements * size > Integer.MAX_VALUE) {
        throw ServingException.invalid("Tensor " + alias + " has an invalid shape");
      }
      elements *= size;
      shape.add((int) size);
    }
    return switch (proto.getDtype()) {
      case DT_FLOAT -> new Value(shape, floats(alias, proto, (int) elements));
      case DT_UINT8 -> new Value(shape, bytes(alias, proto, (int) elements));
      case DT_STRING -> new Value(shape, strings(alias, proto, (int) elements));
      default -> new Value(shape, new Value.Other(proto.getDtype()));
    };
  }

  private static Value.Data floats(String alias, TensorProto proto, int n) {
    float[] values = new float[fitting(alias, proto, proto.getFloatValCount(), n, Float.BYTES)];
    ByteString content = proto.getTensorContent();
    if (!content.isEmpty()) {
      content.asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(values);
    } else {
      for (int i = 0; i < n; i++) {
        values[i] = proto.getFloatVal(Math.min(i, proto.getFloatValCount() - 1));
      }
    }
    return new Value.Floats(values);
  }

  private static Value.Data bytes(String alias, TensorProto proto, int n) {
    byte[] values = new byte[fitting(alias, proto, proto.getIntValCount(), n, 1)];
    ByteString content = proto.getTensorContent();
    if (!content.isEmpty()) {
      content.copyTo(ByteBuffer.wrap(values));
    } else {
      for (int i = 0; i < n; i++) {
        values[i] = (byte) proto.getIntVal(Math.min(i, proto.getIntValCount() - 1));
      }
    }
    return new Value.Bytes(values);
  }

  private static Value.Data strings(String alias, TensorProto proto, int n) {
    if (proto.getStringValCount() != n) {
      throw mismatch(alias, proto.getStringValCount(), n);
    }
    return new Value.Strings(proto.getStringValList());
  }

  /** How many elements there are, once it is known that the message really holds as many. */
  private static int fitting(String alias, TensorProto proto, int given, int n, int size) {
    ByteString content = proto.getTensorContent();
    if (!content.isEmpty()) {
      if (content.size() != (long) n * size) {
        throw mismatch(alias, content.size() / size, n);
      }
      return n;
    }
    boolean repeated = given == 1 && n > 0 && n <= MOST_REPEATED;
    if (given != n && !repeated) {
      throw mismatch(alias, given, n);
    }
    return n;
  }

  private static ServingException mismatch(String alias, int found, int expected) {
    return ServingException.invalid(
        "Tensor " + alias + " has " + found + " elements, its shape " + expected);
  }

  /** Writes a tensor: elements in the field of their type, as TensorFlow Serving does. */
  static TensorProto write(Value value) {
    TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
    value.shape().forEach(d -> shape.addDim(TensorShapeProto.Dim.newBuilder().setSize(d)));
    TensorProto.Builder proto =
        TensorProto.newBuilder().setDtype(value.data().type()).setTensorShape(shape);
    if (value.data() instanceof Value.Floats f) {
      List<Float> boxed = new ArrayList<>(f.values().length);
      for (float v : f.values()) {
        boxed.add(v);
      }
      proto.addAllFloatVal(boxed);
    } else if (value.data() instanceof Value.Strings s) {
      proto.addAllStringVal(s.values());
    } else if (value.data() instanceof Value.Bytes b) {
      proto.setTensorContent(ByteString.copyFrom(b.values()));
    } else {
      throw new IllegalArgumentException(
          "expected floats, bytes or strings, found " + DataType.DT_INVALID);
    }
    return proto.build();
  }

  /** One string as a tensor's element. */
  static Value strings(List<Integer> shape, List<String> values) {
    return new Value(
        shape,
        new Value.Strings(
            Collections.unmodifiableList(values.stream().map(ByteString::copyFromUtf8).toList())));
  }
}
