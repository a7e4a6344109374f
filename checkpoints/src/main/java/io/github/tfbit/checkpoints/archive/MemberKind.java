package io.github.tfbit.checkpoints.archive;

import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarConstants;

/** What a member of a tar archive is, by its type flag alone. */
enum MemberKind {
  FILE,
  DIRECTORY,
  OTHER;

  static MemberKind of(TarArchiveEntry entry) {
    if (entry.isSparse()) {
      return OTHER;
    }
    return switch (entry.getLinkFlag()) {
      case TarConstants.LF_DIR -> DIRECTORY;
      case TarConstants.LF_NORMAL, TarConstants.LF_OLDNORM, TarConstants.LF_CONTIG ->
          entry.getName().endsWith("/") ? DIRECTORY : FILE;
      default -> OTHER;
    };
  }

  String found(TarArchiveEntry entry) {
    if (entry.isSparse()) {
      return "a sparse file";
    }
    return switch (entry.getLinkFlag()) {
      case TarConstants.LF_LINK -> "a hard link";
      case TarConstants.LF_SYMLINK -> "a symbolic link";
      case TarConstants.LF_CHR, TarConstants.LF_BLK -> "a device";
      case TarConstants.LF_FIFO -> "a named pipe";
      default -> "a member of type 0x%02x".formatted(entry.getLinkFlag());
    };
  }
}
