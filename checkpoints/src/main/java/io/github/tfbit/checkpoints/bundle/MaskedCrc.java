package io.github.tfbit.checkpoints.bundle;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * LevelDB's checksums: CRC32C, rotated by 15 bits and moved by a constant, so that a checksum of
 * bytes that hold checksums is not weak ({@code tensorflow/core/lib/hash/crc32c.h}, Mask).
 */
final class MaskedCrc {
  private static final int DELTA = 0xa282ead8;

  private MaskedCrc() {}

  static int mask(int crc) {
    return Integer.rotateRight(crc, 15) + DELTA;
  }

  static int of(ByteBuffer bytes) {
    CRC32C crc = new CRC32C();
    crc.update(bytes.duplicate());
    return mask((int) crc.getValue());
  }
}
