package io.github.tfbit.checkpoints.bundle;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * LevelDB's checksums: CRC32C, rotated by 15 bits and moved by a constant, so that a checksum of
 * bytes that hold checksums is not weak ({@code tensorflow/core/lib/hash/crc32c.h}, Mask).
 */
public final class MaskedCrc {
  private static final int DELTA = 0xa282ead8;

  private MaskedCrc() {}

  /**
   * Masks a checksum.
   *
   * @param crc CRC32C
   * @return as it is stored
   */
  public static int mask(int crc) {
    return Integer.rotateRight(crc, 15) + DELTA;
  }

  /**
   * The masked checksum of bytes.
   *
   * @param bytes from position to limit, which do not move
   * @return as it is stored
   */
  public static int of(ByteBuffer bytes) {
    CRC32C crc = new CRC32C();
    crc.update(bytes.duplicate());
    return mask((int) crc.getValue());
  }
}
