package io.github.tfbit.checkpoints;

import java.io.IOException;
import java.nio.BufferOverflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;

/** Half and double precision tensors, converted to float32 when they are read. */
final class Float32View implements Checkpoint {
  /** Bytes that {@link #stream} hands on at once. */
  private static final int PIECE = 1 << 20;

  private final Checkpoint original;

  Float32View(Checkpoint original) {
    this.original = original;
  }

  @Override
  public String source() {
    return original.source();
  }

  @Override
  public List<TensorInfo> tensors() {
    return original.tensors().stream().map(Float32View::float32).toList();
  }

  @Override
  public Optional<TensorInfo> find(String name) {
    return original.find(name).map(Float32View::float32);
  }

  private static TensorInfo float32(TensorInfo t) {
    return new TensorInfo(t.name(), DType.FLOAT32, t.shape());
  }

  @Override
  public void read(String name, ByteBuffer target) throws IOException {
    TensorInfo info = require(name);
    if (info.dtype() == DType.FLOAT32) {
      original.read(name, target);
      return;
    }
    int size = Math.toIntExact(float32(info).byteSize());
    if (target.remaining() < size) {
      throw new BufferOverflowException();
    }
    ByteBuffer piece = target.slice(target.position(), size).order(ByteOrder.LITTLE_ENDIAN);
    FloatBuffer floats = piece.asFloatBuffer();
    original.stream(name, narrow -> convert(info.dtype(), narrow, floats));
    target.position(target.position() + size);
  }

  @Override
  public ByteBuffer bytes(String name) throws IOException {
    TensorInfo info = require(name);
    if (info.dtype() == DType.FLOAT32) {
      return original.bytes(name);
    }
    ByteBuffer all = ByteBuffer.allocate(Math.toIntExact(float32(info).byteSize()));
    read(name, all);
    return all.flip().asReadOnlyBuffer().order(ByteOrder.LITTLE_ENDIAN);
  }

  @Override
  public void stream(String name, Sink sink) throws IOException {
    TensorInfo info = require(name);
    if (info.dtype() == DType.FLOAT32) {
      original.stream(name, sink);
      return;
    }
    ByteBuffer piece = ByteBuffer.allocate(PIECE).order(ByteOrder.LITTLE_ENDIAN);
    int narrowPiece = PIECE / DType.FLOAT32.bytes() * info.dtype().bytes();
    original.stream(
        name,
        narrow -> {
          while (narrow.hasRemaining()) {
            int length = Math.min(narrow.remaining(), narrowPiece);
            ByteBuffer part =
                narrow.slice(narrow.position(), length).order(ByteOrder.LITTLE_ENDIAN);
            narrow.position(narrow.position() + length);
            FloatBuffer floats = piece.clear().asFloatBuffer();
            convert(info.dtype(), part, floats);
            sink.accept(piece.limit(floats.position() * DType.FLOAT32.bytes()));
          }
        });
  }

  private TensorInfo require(String name) {
    return original
        .find(name)
        .orElseThrow(() -> new NoSuchElementException(source() + ": no tensor '" + name + "'"));
  }

  private static void convert(DType from, ByteBuffer source, FloatBuffer target) {
    while (source.hasRemaining()) {
      target.put(
          switch (from) {
            case FLOAT16 -> widen(source.getShort());
            case BFLOAT16 -> Float.intBitsToFloat(source.getShort() << 16);
            case FLOAT64 -> (float) source.getDouble();
            case FLOAT32, INT64 -> throw new IllegalArgumentException(from.name());
          });
    }
  }

  /** IEEE 754 binary16 to binary32; exact. */
  static float widen(short half) {
    int sign = (half & 0x8000) << 16;
    int exponent = half >> 10 & 0x1f;
    int fraction = half & 0x3ff;
    if (exponent == 0) {
      float magnitude = fraction * 0x1p-24f;
      return Float.intBitsToFloat(sign | Float.floatToRawIntBits(magnitude));
    }
    int widened = exponent == 0x1f ? 0xff : exponent + 127 - 15;
    return Float.intBitsToFloat(sign | widened << 23 | fraction << 13);
  }

  @Override
  public void close() throws IOException {
    original.close();
  }
}
