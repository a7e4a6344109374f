package io.github.tfbit.checkpoints.hdf5;

import static io.github.tfbit.checkpoints.CheckpointException.corrupt;
import static io.github.tfbit.checkpoints.CheckpointException.unsupported;

import io.github.tfbit.checkpoints.CheckpointException;
import java.io.IOException;

/**
 * The beginning of a file (the format, II.A), of which only one thing is needed later.
 *
 * @param root address of the root group's object header
 */
record Superblock(long root) {
  /** {@code \211 H D F \r \n \032 \n}. */
  static final String SIGNATURE = "\u0089HDF\r\n\u001a\n";

  /** Enough for every version. */
  private static final int LONGEST = 100;

  /** "the end of the file, or 512, 1024, 2048 …": a user block may come before the superblock. */
  private static final int[] USER_BLOCKS = {512, 1024, 2048, 4096, 8192};

  static Superblock read(Structure s) throws IOException {
    Fields f = s.atMost(0, LONGEST, "a superblock");
    if (!f.startsWith(SIGNATURE) || f.remaining() < SIGNATURE.length()) {
      throw notHdf5(s);
    }
    f.skip(SIGNATURE.length());
    int version = f.u8();
    return switch (version) {
      case 0, 1 -> old(f, version, s);
      case 2, 3 -> recent(f, s);
      default ->
          throw unsupported(
              s.file(),
              "HDF5 with a superblock of version 0 to 3",
              "version " + version,
              "save the file with libver='earliest', which is the default of h5py");
    };
  }

  private static Superblock old(Fields f, int version, Structure s) throws IOException {
    // Versions of free-space storage and of the root group's entry, reserved, shared messages.
    f.skip(4);
    requireWidths(f, s);
    // Reserved; group leaf node K and internal node K; file consistency flags.
    f.skip(1 + 2 + 2 + 4);
    if (version == 1) {
      f.skip(4); // "Indexed Storage Internal Node K", reserved
    }
    requireBase(f.u64(), s);
    f.skip(8); // "Address of File Free space Info"
    requireEnd(f.u64(), s);
    if (f.u64() != Fields.UNDEFINED) {
      throw severalFiles(s);
    }
    f.skip(8); // "Link Name Offset" of the root group symbol table entry
    return new Superblock(f.u64());
  }

  private static Superblock recent(Fields f, Structure s) throws IOException {
    requireWidths(f, s);
    f.skip(1); // "File Consistency Flags"
    requireBase(f.u64(), s);
    f.skip(8); // "Superblock Extension Address": free space, B-tree K values
    long end = f.u64();
    long root = f.u64();
    int length = f.position();
    int found = (int) f.u32();
    Fields.requireChecksum(f.copy().part(length), found);
    requireEnd(end, s);
    return new Superblock(root);
  }

  private static void requireWidths(Fields f, Structure s) throws IOException {
    int offsets = f.u8();
    int lengths = f.u8();
    if (offsets != 8 || lengths != 8) {
      throw unsupported(
          s.file(),
          "offsets and lengths of 8 bytes, as every common writer of HDF5 uses",
          offsets + " and " + lengths + " bytes",
          "copy the file with h5repack or h5py");
    }
  }

  private static void requireBase(long base, Structure s) throws IOException {
    if (base != 0) {
      throw unsupported(
          s.file(),
          "the base address 0",
          Long.toUnsignedString(base),
          "copy the file with h5repack or h5py");
    }
  }

  /** "End of File Address: … the first byte past the end of all HDF5 data". */
  private static void requireEnd(long end, Structure s) throws IOException {
    if (end < 0 || end > s.size()) {
      String bytes = Long.toUnsignedString(end);
      throw corrupt(s.file(), bytes + " bytes, as its superblock says", s.size() + " bytes");
    }
  }

  private static CheckpointException severalFiles(Structure s) {
    return unsupported(
        s.file(),
        "HDF5 in one file",
        "a driver that spreads it over several",
        "copy it into one file with h5repack or h5py");
  }

  private static CheckpointException notHdf5(Structure s) throws IOException {
    for (int at : USER_BLOCKS) {
      if (s.size() > at && s.atMost(at, 8, "a superblock").startsWith(SIGNATURE)) {
        return unsupported(
            s.file(),
            "HDF5 from the first byte on",
            "a user block of " + at + " bytes before it",
            "remove it with h5jam's counterpart h5unjam, or copy the file with h5py");
      }
    }
    return unsupported(
        s.file(), "an HDF5 file", "another signature", "name a file that Keras or h5py wrote");
  }
}
