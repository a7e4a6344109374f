package io.github.tfbit.checkpoints.hdf5;

import java.nio.ByteBuffer;

/**
 * The checksum of all newer structures (the format, appendix: "Jenkins' lookup3", {@code
 * hashlittle} by Bob Jenkins, with initial value 0).
 */
final class Lookup3 {
  private int a;
  private int b;
  private int c;

  private Lookup3(int length) {
    a = 0xdeadbeef + length;
    b = a;
    c = a;
  }

  /** The checksum of all that is left in a little-endian buffer, which does not move. */
  static int of(ByteBuffer bytes) {
    int length = bytes.remaining();
    Lookup3 hash = new Lookup3(length);
    if (length == 0) {
      return hash.c;
    }
    int at = bytes.position();
    while (length > 12) {
      hash.add(bytes, at, 12);
      hash.mix();
      at += 12;
      length -= 12;
    }
    hash.add(bytes, at, length);
    return hash.last();
  }

  private void add(ByteBuffer bytes, int at, int n) {
    a += word(bytes, at, n);
    b += word(bytes, at + 4, n - 4);
    c += word(bytes, at + 8, n - 8);
  }

  /** Up to four bytes, the first one lowest. */
  private static int word(ByteBuffer bytes, int at, int n) {
    int word = 0;
    for (int i = 0; i < Math.min(n, 4); i++) {
      word |= (bytes.get(at + i) & 0xFF) << (8 * i);
    }
    return word;
  }

  private void mix() {
    a = (a - c) ^ Integer.rotateLeft(c, 4);
    c += b;
    b = (b - a) ^ Integer.rotateLeft(a, 6);
    a += c;
    c = (c - b) ^ Integer.rotateLeft(b, 8);
    b += a;
    a = (a - c) ^ Integer.rotateLeft(c, 16);
    c += b;
    b = (b - a) ^ Integer.rotateLeft(a, 19);
    a += c;
    c = (c - b) ^ Integer.rotateLeft(b, 4);
    b += a;
  }

  private int last() {
    c = (c ^ b) - Integer.rotateLeft(b, 14);
    a = (a ^ c) - Integer.rotateLeft(c, 11);
    b = (b ^ a) - Integer.rotateLeft(a, 25);
    c = (c ^ b) - Integer.rotateLeft(b, 16);
    a = (a ^ c) - Integer.rotateLeft(c, 4);
    b = (b ^ a) - Integer.rotateLeft(a, 14);
    return (c ^ b) - Integer.rotateLeft(b, 24);
  }
}
