package io.github.tfbit.checkpoints.archive;

import static io.github.tfbit.checkpoints.CheckpointException.corrupt;
import static io.github.tfbit.checkpoints.CheckpointException.unsupported;

import io.github.tfbit.checkpoints.CheckpointException;
import io.github.tfbit.checkpoints.FileBytes;
import io.github.tfbit.checkpoints.OutputException;
import io.github.tfbit.checkpoints.Problem;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;

/** One archive on its way into one directory. */
final class Unpacking {
  /** Deflate's best: 258 bytes out of a code of 2 bits. */
  private static final long MOST_RATIO = 1032;

  static final int MAX_MEMBERS = 10_000;
  private static final int CHUNK = 1 << 16;

  private final FileBytes file;
  private final Path directory;
  private final TarGz.Room room;
  private final byte[] chunk = new byte[CHUNK];
  private Budget compressed;
  private Budget plain;
  private long unpacked;
  private int members;

  Unpacking(FileBytes file, Path directory, TarGz.Room room) {
    this.file = file;
    this.directory = directory;
    this.room = room;
  }

  void run(FileChannel channel) throws IOException {
    InputStream buffered = new BufferedInputStream(Channels.newInputStream(channel), CHUNK);
    compressed = new Budget(buffered, file.where(), null);
    try (InputStream gzip = decoded(this::gunzip)) {
      plain = new Budget(gzip, file.where(), compressed);
      try (TarArchiveInputStream tar = new TarArchiveInputStream(plain)) {
        TarArchiveEntry entry = next(tar);
        while (entry != null) {
          member(tar, entry);
          entry = next(tar);
        }
        readToTheEnd();
      }
    }
  }

  private InputStream gunzip() throws IOException {
    return GzipCompressorInputStream.builder()
        .setInputStream(compressed)
        .setDecompressConcatenated(true)
        .get();
  }

  private TarArchiveEntry next(TarArchiveInputStream tar) throws IOException {
    plain.allow(Budget.HEADERS);
    TarArchiveEntry entry = decoded(tar::getNextEntry);
    if (entry == null) {
      return null;
    }
    if (!entry.isCheckSumOK()) {
      throw members == 0
          ? unsupported(
              file.where(),
              "a tar archive in the gzip file",
              "something else",
              "unpack it with gunzip and name what comes out")
          : corrupt(file.where(), "a tar header's checksum", "another");
    }
    members++;
    if (members > MAX_MEMBERS) {
      throw unsupported(
          file.where(),
          "at most " + MAX_MEMBERS + " members",
          "more",
          "no model has so many files; name another file");
    }
    return entry;
  }

  private void member(TarArchiveInputStream tar, TarArchiveEntry entry) throws IOException {
    String where = file.where() + ": member '" + Problem.shown(entry.getName()) + "'";
    List<String> parts = MemberName.parts(entry.getName(), where);
    MemberKind kind = MemberKind.of(entry);
    if (kind == MemberKind.OTHER) {
      throw unsupported(
          where,
          "plain files and directories",
          kind.found(entry),
          "no model needs one; if you trust the archive, unpack it with tar and name the result");
    }
    Path target = resolve(parts, where);
    try {
      if (kind == MemberKind.DIRECTORY) {
        Files.createDirectories(target);
        return;
      }
      if (parts.isEmpty()) {
        throw corrupt(where, "a file's name", "none");
      }
      Files.createDirectories(target.getParent());
      requireRoom(entry.getSize(), where);
      contents(tar, entry.getSize(), target, where);
    } catch (FileAlreadyExistsException e) {
      throw new CheckpointException.Corrupt(
          new Problem(
              "each member once", "it twice", where, "the file is damaged: download it again"),
          e);
    }
  }

  private Path resolve(List<String> parts, String where) throws IOException {
    try {
      Path target = directory;
      for (String part : parts) {
        target = target.resolve(part);
      }
      return target;
    } catch (InvalidPathException e) {
      throw new CheckpointException.Unsupported(
          new Problem(
              "names that this system's files can have",
              "another: " + Problem.shown(e.getReason()),
              where,
              "set the locale to UTF-8 (LC_ALL=C.UTF-8), or unpack the archive elsewhere"),
          e);
    }
  }

  private void requireRoom(long size, String where) throws IOException {
    long most = Math.multiplyExact(file.size(), MOST_RATIO) - unpacked;
    if (size < 0 || size > most) {
      throw corrupt(
          where,
          "at most " + most + " bytes, as many as can be in " + file.size() + " compressed ones",
          size + " bytes");
    }
    long free = room.bytes(directory);
    if (size > free) {
      throw new OutputException(
          new Problem(
              size + " free bytes to unpack " + where,
              free + " free bytes",
              directory.toString(),
              "free space there or name another place with -Djava.io.tmpdir=DIRECTORY"),
          null);
    }
  }

  private void contents(TarArchiveInputStream tar, long size, Path target, String where)
      throws IOException {
    plain.allow(Math.addExact(size, Budget.HEADERS));
    long done = 0;
    try (OutputStream out = Files.newOutputStream(target, StandardOpenOption.CREATE_NEW)) {
      int n = decoded(() -> tar.read(chunk));
      while (n > 0) {
        write(out, n);
        done += n;
        n = decoded(() -> tar.read(chunk));
      }
    }
    if (done != size) {
      throw corrupt(where, size + " bytes", done + " bytes");
    }
    unpacked += done;
  }

  private void write(OutputStream out, int n) throws IOException {
    try {
      out.write(chunk, 0, n);
    } catch (IOException e) {
      throw OutputException.whileWriting(directory, e);
    }
  }

  /** So that the checksum at gzip's end is compared; little may follow the archive's own end. */
  private void readToTheEnd() throws IOException {
    plain.allow(Budget.HEADERS);
    int n = decoded(() -> plain.read(chunk));
    while (n >= 0) {
      n = decoded(() -> plain.read(chunk));
    }
  }

  private interface Decoding<T> {
    T get() throws IOException;
  }

  /** Whatever a decoder fails with means damage, unless the file itself cannot be read. */
  private <T> T decoded(Decoding<T> decoding) throws IOException {
    try {
      return decoding.get();
    } catch (CheckpointException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      if (compressed.failure() != null) {
        throw compressed.failure();
      }
      throw new CheckpointException.Corrupt(
          new Problem(
              e instanceof EOFException ? "a whole gzip stream" : "a gzipped tar archive",
              e instanceof EOFException
                  ? "one that ends early, after all " + file.size() + " bytes of the file"
                  : "none: " + Problem.shown(String.valueOf(e.getMessage())),
              file.where(),
              "the file is damaged: copy or download it again"),
          e);
    }
  }
}
