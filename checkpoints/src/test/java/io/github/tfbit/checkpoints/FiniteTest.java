package io.github.tfbit.checkpoints;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FiniteTest {
  private static ByteBuffer values(int n) {
    ByteBuffer b = ByteBuffer.allocateDirect(4 * n).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < n; i++) {
      b.putFloat(4 * i, i % 2 == 0 ? Float.MAX_VALUE : -Float.MIN_VALUE);
    }
    return b;
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 8191, 8192, 8193, 30_000})
  void extremeValuesAreFinite(int n) {
    assertEquals(-1, Finite.check(values(n)));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 8191, 8192, 19_999})
  void findsTheFirst(int at) {
    ByteBuffer b = values(20_000);
    b.putFloat(4 * at, Float.NaN);
    b.putFloat(4 * 19_999, Float.NaN);
    assertEquals(at, Finite.check(b));
  }

  @ParameterizedTest
  @ValueSource(ints = {0x7f800000, 0xff800000, 0x7fc00000, 0xffffffff, 0x7f800001})
  void infinitiesAndEveryNanCount(int bits) {
    ByteBuffer b = values(10);
    b.putInt(12, bits);
    assertEquals(3, Finite.check(b));
  }

  @Test
  void countsFromThePositionAndLeavesIt() {
    ByteBuffer b = values(10);
    b.putFloat(12, Float.NaN).position(8);
    assertEquals(1, Finite.check(b));
    assertEquals(8, b.position());
  }

  @Test
  void readOnlyAndBigEndianViewsAreReadAsLittleEndian() {
    ByteBuffer b = values(4);
    b.putFloat(4, Float.POSITIVE_INFINITY);
    assertEquals(1, Finite.check(b.asReadOnlyBuffer().order(ByteOrder.BIG_ENDIAN)));
  }
}
