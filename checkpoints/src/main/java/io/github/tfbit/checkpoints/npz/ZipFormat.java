package io.github.tfbit.checkpoints.npz;

/** Signatures and sizes of PKWARE's APPNOTE.TXT 6.3.10, by its section numbers. */
final class ZipFormat {
  /** 4.3.7 local file header. */
  static final int LOCAL = 0x04034b50;

  /** 4.3.12 central directory header. */
  static final int CENTRAL = 0x02014b50;

  /** 4.3.16 end of central directory record. */
  static final int END = 0x06054b50;

  /** 4.3.14 zip64 end of central directory record. */
  static final int END_64 = 0x06064b50;

  /** 4.3.15 zip64 end of central directory locator. */
  static final int LOCATOR_64 = 0x07064b50;

  static final int LOCAL_SIZE = 30;
  static final int CENTRAL_SIZE = 46;
  static final int END_SIZE = 22;
  static final int END_64_SIZE = 56;
  static final int LOCATOR_64_SIZE = 20;

  /** 4.5.3: the extra field that holds what does not fit 32 bits. */
  static final int EXTRA_64 = 1;

  /** What stands in a 32-bit field whose value is in the extra field. */
  static final long IN_EXTRA = 0xFFFFFFFFL;

  /** What stands in a 16-bit count whose value is in the zip64 end record. */
  static final int COUNT_IN_64 = 0xFFFF;

  /** 4.4.4 bit 0: encrypted. */
  static final int FLAG_ENCRYPTED = 1;

  /** 4.4.4 bit 3: sizes and CRC follow the data; the central directory has them all the same. */
  static final int FLAG_DESCRIPTOR = 1 << 3;

  /** 4.4.4 bit 11: the name is UTF-8. */
  static final int FLAG_UTF8 = 1 << 11;

  private ZipFormat() {}
}
