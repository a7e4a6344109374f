package io.github.tfbit.checkpoints.hdf5;

import io.github.tfbit.checkpoints.CheckpointException;
import io.github.tfbit.checkpoints.DType;
import java.util.Optional;

/**
 * The type of a dataset's or attribute's elements (the format, IV.A.2.d).
 *
 * @param kind "Datatype Class"
 * @param bits "Class Bit Field", 24 bits
 * @param size of one element in bytes
 * @param properties what follows: for numbers, which bits mean what
 */
record Datatype(int kind, int bits, long size, Fields properties) {
  private static final int FIXED_POINT = 0;
  private static final int FLOATING_POINT = 1;
  private static final int STRING = 3;
  private static final int VARIABLE_LENGTH = 9;

  private static final int SIGNED = 1 << 3;

  private static final String[] KINDS = {
    "integer",
    "floating-point",
    "time",
    "string",
    "bit field",
    "opaque",
    "compound",
    "reference",
    "enumeration",
    "variable-length",
    "array"
  };

  /** What the properties of a floating-point number have to be, besides offset 0. */
  private record Form(DType dtype, int exponentAt, int exponent, int mantissa, long bias) {
    private static final Form[] ALL = {
      new Form(DType.FLOAT16, 10, 5, 10, 15),
      new Form(DType.BFLOAT16, 7, 8, 7, 127),
      new Form(DType.FLOAT32, 23, 8, 23, 127),
      new Form(DType.FLOAT64, 52, 11, 52, 1023)
    };
  }

  static Datatype of(Fields f) throws CheckpointException {
    int first = f.u8(); // version in the upper, class in the lower four bits
    int bits = f.u8() | f.u8() << 8 | f.u8() << 16;
    return new Datatype(first & 0xF, bits, f.u32(), f);
  }

  /** Text of a fixed number of bytes. */
  boolean isString() {
    return kind == STRING;
  }

  /** Text in a global heap, as h5py writes a Python string. */
  boolean isVariableString() {
    return kind == VARIABLE_LENGTH && (bits & 0xF) == 1;
  }

  /** "Padding type": 0 ends at a zero byte, 1 is filled with zero bytes, 2 with spaces. */
  boolean isSpacePadded() {
    return (bits & 0xF) == 2;
  }

  /** The numbers of a checkpoint, if it is one of those. */
  Optional<DType> number() throws CheckpointException {
    Fields p = properties.copy().skip(8);
    boolean bigEndian = (bits & 1) != 0;
    if (kind == FIXED_POINT && size == 8 && (bits & SIGNED) != 0 && !bigEndian) {
      boolean whole = p.u16() == 0 && p.u16() == 64;
      return whole ? Optional.of(DType.INT64) : Optional.empty();
    }
    return kind == FLOATING_POINT && !bigEndian ? floating(p) : Optional.empty();
  }

  private Optional<DType> floating(Fields p) throws CheckpointException {
    boolean offset = p.u16() != 0;
    int precision = p.u16();
    int exponentAt = p.u8();
    int exponent = p.u8();
    boolean mantissaOffset = p.u8() != 0;
    int mantissa = p.u8();
    long bias = p.u32();
    boolean impliedBit = (bits >> 4 & 3) == 2; // "Mantissa Normalization"
    int sign = bits >> 8 & 0xFF;
    if (offset || mantissaOffset || !impliedBit || precision != 8 * size) {
      return Optional.empty();
    }
    for (Form form : Form.ALL) {
      if (new Form(form.dtype, exponentAt, exponent, mantissa, bias).equals(form)
          && form.dtype.bytes() == size
          && sign == 8 * size - 1) {
        return Optional.of(form.dtype);
      }
    }
    return Optional.empty();
  }

  /** In words, for messages. */
  String describe() {
    String name = kind < KINDS.length ? KINDS[kind] : "unknown";
    boolean number = kind == FIXED_POINT || kind == FLOATING_POINT;
    String order = number && (bits & 1) != 0 ? "big-endian " : "";
    String sign = kind == FIXED_POINT && (bits & SIGNED) == 0 ? "unsigned " : "";
    return order + sign + name + " elements of " + size + " bytes";
  }
}
