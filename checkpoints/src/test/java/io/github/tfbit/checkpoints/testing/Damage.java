package io.github.tfbit.checkpoints.testing;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Random;

/** One to three damages of a file, chosen by a seed. */
final class Damage {
  /** Files up to here are also damaged in ways that move all that follows. */
  private static final int SMALL = 1 << 20;

  /** Half of all places lie this near to an end, where formats keep their structure. */
  private static final int EDGE = 1024;

  private static final long[] HOSTILE = {
    0,
    1,
    0x7F,
    0x80,
    0xFF,
    0x7FFF,
    0xFFFF,
    0x7FFFFFFF,
    0x80000000L,
    0xFFFFFFFFL,
    0xFFFFFFFFFFL,
    Long.MAX_VALUE,
    Long.MIN_VALUE,
    -1,
    -8
  };

  /** For numbers and structure written as text: JSON, Python's literals, tar's octal. */
  private static final byte[] TEXT = "0179-.e \"'{}[](),:\\\0".getBytes(StandardCharsets.US_ASCII);

  private static final String[] NUMBERS = {
    "0", "-1", "1e9", "2147483648", "4294967296", "9223372036854775807", "18446744073709551616"
  };

  private final DamagedFile file;
  private final Random random;

  private Damage(DamagedFile file, Random random) {
    this.file = file;
    this.random = random;
  }

  static void doTo(DamagedFile file, long seed) throws IOException {
    Damage damage = new Damage(file, new Random(seed));
    int changes = 1 + damage.random.nextInt(3);
    for (int i = 0; i < changes && file.size() > 16; i++) {
      damage.one();
    }
  }

  private void one() throws IOException {
    switch (random.nextInt(10)) {
      case 0 -> file.cut(random.nextInt(4) == 0 ? place() : place(file.size()));
      case 1 -> file.put(file.size(), some(1 + random.nextInt(64)));
      case 2 -> splice();
      case 3 -> move();
      case 4, 5, 6 -> hostile();
      case 7, 8 -> text();
      default -> flip();
    }
  }

  private void flip() throws IOException {
    long at = place();
    file.put(at, (byte) (file.get(at, 1)[0] ^ 1 << random.nextInt(8)));
  }

  /** A number of 1, 2, 4 or 8 bytes that readers trust at their peril. */
  private void hostile() throws IOException {
    ByteBuffer b = ByteBuffer.allocate(1 << random.nextInt(4));
    b.order(random.nextInt(4) == 0 ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
    long value = HOSTILE[random.nextInt(HOSTILE.length)];
    switch (b.capacity()) {
      case 1 -> b.put((byte) value);
      case 2 -> b.putShort((short) value);
      case 4 -> b.putInt((int) value);
      default -> b.putLong(value);
    }
    file.put(Math.min(place(), file.size() - b.capacity()), b.array());
  }

  /** A piece of the file over another place. */
  private void splice() throws IOException {
    byte[] piece = some(1 + random.nextInt((int) Math.min(64, file.size() / 2)));
    file.put(Math.min(place(), file.size() - piece.length), piece);
  }

  /** A piece more or less, so that all that follows lies elsewhere. */
  private void move() throws IOException {
    if (file.size() > SMALL) {
      splice();
      return;
    }
    long at = place();
    int removed = random.nextInt((int) Math.min(33, file.size() - at));
    file.replace(at, removed, some(random.nextInt(2) * random.nextInt(33)));
  }

  /** Another character for a digit, or another number for digits, as text. */
  private void text() throws IOException {
    long at = digit();
    if (file.size() > SMALL || random.nextBoolean()) {
      file.put(at, TEXT[random.nextInt(TEXT.length)]);
      return;
    }
    int digits = 0;
    while (at + digits < file.size() && isDigit(file.get(at + digits, 1)[0])) {
      digits++;
    }
    String number = NUMBERS[random.nextInt(NUMBERS.length)];
    file.replace(at, digits, number.getBytes(StandardCharsets.US_ASCII));
  }

  /** The next digit after a place, if there is one near. */
  private long digit() throws IOException {
    long at = place();
    byte[] near = file.get(at, (int) Math.min(256, file.size() - at));
    for (int i = 0; i < near.length; i++) {
      if (isDigit(near[i])) {
        return at + i;
      }
    }
    return at;
  }

  private static boolean isDigit(byte b) {
    return b >= '0' && b <= '9';
  }

  private byte[] some(int length) throws IOException {
    int n = (int) Math.min(length, file.size());
    return file.get(place(file.size() - n + 1), n);
  }

  private long place() throws IOException {
    int edge = (int) Math.min(EDGE, file.size());
    return switch (random.nextInt(4)) {
      case 0 -> random.nextInt(edge);
      case 1 -> file.size() - 1 - random.nextInt(edge);
      default -> place(file.size());
    };
  }

  private long place(long bound) {
    return Math.floorMod(random.nextLong(), bound);
  }
}
