package io.github.tfbit.checkpoints.npz;

/**
 * One member of a zip archive, from its central directory header (APPNOTE.TXT 4.3.12) or about to
 * be written there.
 *
 * @param name as in the archive
 * @param method 0 stored, 8 deflated
 * @param crc CRC-32 of the uncompressed contents, as an unsigned 32-bit number
 * @param compressed size in the archive, bytes
 * @param size of the contents, bytes
 * @param offset of the local header from the beginning of the file, or of the data where it says so
 */
record ZipMember(String name, int method, long crc, long compressed, long size, long offset) {
  static final int STORED = 0;
  static final int DEFLATED = 8;

  boolean stored() {
    return method == STORED;
  }

  /** The same member, its offset being that of the data. */
  ZipMember at(long dataOffset) {
    return new ZipMember(name, method, crc, compressed, size, dataOffset);
  }
}
