package io.github.tfbit.checkpoints.protos;

import io.github.tfbit.checkpoints.DType;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What TensorFlow's messages share: element types and shapes. */
public final class TensorProtos {
  /** {@code tensorflow/core/framework/types.proto}, enum DataType: names from 0 on. */
  private static final List<String> TYPES =
      List.of(
          "DT_INVALID",
          "DT_FLOAT",
          "DT_DOUBLE",
          "DT_INT32",
          "DT_UINT8",
          "DT_INT16",
          "DT_INT8",
          "DT_STRING",
          "DT_COMPLEX64",
          "DT_INT64",
          "DT_BOOL",
          "DT_QINT8",
          "DT_QUINT8",
          "DT_QINT32",
          "DT_BFLOAT16",
          "DT_QINT16",
          "DT_QUINT16",
          "DT_UINT16",
          "DT_COMPLEX128",
          "DT_HALF",
          "DT_RESOURCE",
          "DT_VARIANT",
          "DT_UINT32",
          "DT_UINT64");

  /** Dimensions of a tensor; TensorFlow itself allows 254. */
  private static final int MAX_RANK = 254;

  private TensorProtos() {}

  /**
   * TensorFlow's name of an element type.
   *
   * @param type value of enum DataType
   * @return for example {@code DT_FLOAT}; {@code DT_} and the number where the name is not known
   */
  public static String name(long type) {
    return type >= 0 && type < TYPES.size() ? TYPES.get((int) type) : "DT_" + type;
  }

  /**
   * The element type of weights.
   *
   * @param type value of enum DataType
   * @return empty for all others
   */
  public static Optional<DType> dtype(long type) {
    return switch (name(type)) {
      case "DT_FLOAT" -> Optional.of(DType.FLOAT32);
      case "DT_DOUBLE" -> Optional.of(DType.FLOAT64);
      case "DT_INT64" -> Optional.of(DType.INT64);
      case "DT_BFLOAT16" -> Optional.of(DType.BFLOAT16);
      case "DT_HALF" -> Optional.of(DType.FLOAT16);
      default -> Optional.empty();
    };
  }

  /**
   * The value of enum DataType.
   *
   * @param dtype an element type
   * @return its number in types.proto
   */
  public static int number(DType dtype) {
    return TYPES.indexOf(
        switch (dtype) {
          case FLOAT32 -> "DT_FLOAT";
          case FLOAT64 -> "DT_DOUBLE";
          case INT64 -> "DT_INT64";
          case BFLOAT16 -> "DT_BFLOAT16";
          case FLOAT16 -> "DT_HALF";
        });
  }

  /**
   * Reads the field as {@code tensorflow/core/framework/tensor_shape.proto}, TensorShapeProto.
   *
   * @param r before the field's contents
   * @return the dimensions as they are; empty if the rank is unknown
   * @throws IOException if it is no such message
   */
  public static Optional<List<Long>> shape(ProtoReader r) throws IOException {
    List<Long> dims = new ArrayList<>();
    boolean unknown = false;
    int outer = r.enter();
    while (r.next()) {
      switch (r.field()) {
        // repeated Dim dim = 2: "Dimensions of the tensor"
        case 2 -> dims.add(dim(r));
        // bool unknown_rank = 3: "If true, the number of dimensions in the shape is unknown."
        case 3 -> unknown = r.varint() != 0;
        default -> r.skip();
      }
      if (dims.size() > MAX_RANK) {
        throw r.violation("at most " + MAX_RANK + " dimensions", "more");
      }
    }
    r.leave(outer);
    return unknown ? Optional.empty() : Optional.of(List.copyOf(dims));
  }

  private static long dim(ProtoReader r) throws IOException {
    long size = 0;
    int outer = r.enter();
    while (r.next()) {
      switch (r.field()) {
        // int64 size = 1: "Size of the tensor in that dimension."
        case 1 -> size = r.varint();
        default -> r.skip();
      }
    }
    r.leave(outer);
    return size;
  }

  /**
   * Makes a TensorShapeProto.
   *
   * @param dims sizes of the dimensions
   * @return the message
   */
  public static ProtoWriter shape(List<Integer> dims) {
    ProtoWriter shape = new ProtoWriter();
    // repeated Dim dim = 2; int64 size = 1, not written where it is 0, as proto3 has it
    dims.forEach(
        d -> shape.message(2, d == 0 ? new ProtoWriter() : new ProtoWriter().varint(1, d)));
    return shape;
  }
}
