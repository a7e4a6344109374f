package io.github.tfbit.data;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Very many strings in little memory: UTF-8 one after another, and 8 bytes for each. Filled by one
 * thread, then read by any.
 */
final class StringTable {
  private static final int CHUNK_BITS = 20;
  private static final int CHUNK = 1 << CHUNK_BITS;

  private final List<byte[]> chunks = new ArrayList<>();

  /** Where each string begins; a string lies in one chunk. The last is where the next will. */
  private long[] starts = new long[16];

  private int[] lengths = new int[16];
  private int size;
  private long end;

  /** Adds a string and returns its index. */
  int add(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    if (bytes.length > CHUNK) {
      throw new IllegalArgumentException(
          "expected at most " + CHUNK + " bytes of a string, found " + bytes.length);
    }
    if ((end & (CHUNK - 1)) + bytes.length > CHUNK) {
      end = ((end >>> CHUNK_BITS) + 1) << CHUNK_BITS;
    }
    if (end >>> CHUNK_BITS == chunks.size()) {
      chunks.add(new byte[CHUNK]);
    }
    if (size == starts.length) {
      int more = Math.max(size + 1, (int) Math.min(Integer.MAX_VALUE - 8L, size * 3L / 2));
      starts = Arrays.copyOf(starts, more);
      lengths = Arrays.copyOf(lengths, more);
    }
    System.arraycopy(
        bytes, 0, chunks.get((int) (end >>> CHUNK_BITS)), (int) (end & (CHUNK - 1)), bytes.length);
    starts[size] = end;
    lengths[size] = bytes.length;
    end += bytes.length;
    return size++;
  }

  int size() {
    return size;
  }

  String get(int index) {
    if (index >= size) {
      throw new IndexOutOfBoundsException(index);
    }
    long start = starts[index];
    return new String(
        chunks.get((int) (start >>> CHUNK_BITS)),
        (int) (start & (CHUNK - 1)),
        lengths[index],
        StandardCharsets.UTF_8);
  }

  /** FNV-1a of the bytes, mixed; equal strings have equal hashes. */
  long hash(int index) {
    long start = starts[index];
    byte[] chunk = chunks.get((int) (start >>> CHUNK_BITS));
    int from = (int) (start & (CHUNK - 1));
    long h = 0xCBF29CE484222325L;
    for (int i = from; i < from + lengths[index]; i++) {
      h = (h ^ (chunk[i] & 0xff)) * 0x100000001B3L;
    }
    return Hashes.mix(h);
  }
}
