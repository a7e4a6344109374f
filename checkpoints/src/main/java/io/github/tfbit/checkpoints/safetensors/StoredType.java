package io.github.tfbit.checkpoints.safetensors;

import io.github.tfbit.checkpoints.DType;
import java.util.Optional;

/**
 * The format's element types, as its own library (0.8.0) names and orders them: from small to large
 * alignment. Files are written in the reverse order.
 */
enum StoredType {
  BOOL(8),
  F4(4),
  F6_E2M3(6),
  F6_E3M2(6),
  U8(8),
  I8(8),
  F8_E5M2(8),
  F8_E4M3(8),
  F8_E8M0(8),
  F8_E4M3FNUZ(8),
  F8_E5M2FNUZ(8),
  I16(16),
  U16(16),
  F16(16, DType.FLOAT16),
  BF16(16, DType.BFLOAT16),
  I32(32),
  U32(32),
  F32(32, DType.FLOAT32),
  C64(64),
  F64(64, DType.FLOAT64),
  I64(64, DType.INT64),
  U64(64);

  private final int bits;
  private final DType dtype;

  StoredType(int bits) {
    this(bits, null);
  }

  StoredType(int bits, DType dtype) {
    this.bits = bits;
    this.dtype = dtype;
  }

  /** Size of one element; some are no whole number of bytes. */
  int bits() {
    return bits;
  }

  /** What it is to this library; empty if it is not read. */
  Optional<DType> dtype() {
    return Optional.ofNullable(dtype);
  }

  static Optional<StoredType> named(String name) {
    for (StoredType t : values()) {
      if (t.name().equals(name)) {
        return Optional.of(t);
      }
    }
    return Optional.empty();
  }

  static StoredType of(DType dtype) {
    return switch (dtype) {
      case FLOAT16 -> F16;
      case BFLOAT16 -> BF16;
      case FLOAT32 -> F32;
      case FLOAT64 -> F64;
      case INT64 -> I64;
    };
  }
}
