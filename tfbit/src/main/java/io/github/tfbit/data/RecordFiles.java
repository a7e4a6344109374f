package io.github.tfbit.data;

import io.github.tfbit.checkpoints.Problem;
import io.github.tfbit.checkpoints.TemporaryDirectory;
import io.github.tfbit.checkpoints.bundle.MaskedCrc;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.InflaterInputStream;
import java.util.zip.ZipException;

/** Which files a name or pattern means, and what they hold when they are unpacked. */
final class RecordFiles {
  private static final Pattern SHARD = Pattern.compile("(.*)-(\\d{5})-of-(\\d{5})(.*)");
  private static final int HEADER = Long.BYTES + Integer.BYTES;

  /** Pictures do not shrink; what grows more than that is no data set but a trap. */
  private static final long MOST_GROWTH = 100;

  private static final long ALWAYS_ALLOWED = 1L << 30;

  private RecordFiles() {}

  /** What a file is packed by. */
  private enum Packing {
    NONE,
    GZIP,
    ZLIB
  }

  /** Files in the order of their names; none of a numbered set may be missing. */
  static List<Path> matching(String pattern) throws IOException {
    Path path;
    try {
      path = Path.of(pattern);
    } catch (InvalidPathException e) {
      throw problem("a path", e.getReason(), pattern, "check it");
    }
    if (Files.isRegularFile(path)) {
      return List.of(path);
    }
    Path folder = path.toAbsolutePath().getParent();
    List<Path> files = new ArrayList<>();
    if (folder != null && Files.isDirectory(folder)) {
      PathMatcher matcher = matcher(path.getFileName().toString());
      try (Stream<Path> entries = Files.list(folder)) {
        entries
            .filter(p -> matcher.matches(p.getFileName()) && Files.isRegularFile(p))
            .forEach(files::add);
      }
    }
    if (files.isEmpty()) {
      throw problem(
          "a directory of pictures, a .csv or .jsonl manifest, or TFRecord files",
          "nothing of that name",
          pattern,
          "check the path; quote a pattern, so that it arrives whole");
    }
    files.sort((a, b) -> CodePoints.compare(a.toString(), b.toString()));
    requireAllShards(files);
    return files;
  }

  private static PathMatcher matcher(String name) throws DataException {
    try {
      return FileSystems.getDefault().getPathMatcher("glob:" + name);
    } catch (PatternSyntaxException e) {
      throw problem("a pattern such as train-*", e.getDescription(), name, "correct it");
    }
  }

  private static void requireAllShards(List<Path> files) throws DataException {
    Map<String, SortedSet<Integer>> missing = new TreeMap<>();
    for (Path f : files) {
      Matcher m = SHARD.matcher(f.getFileName().toString());
      if (m.matches()) {
        String set = m.group(1) + "-?-of-" + m.group(3) + m.group(4);
        SortedSet<Integer> left = missing.computeIfAbsent(set, s -> numbers(m.group(3)));
        left.remove(Integer.parseInt(m.group(2)));
      }
    }
    for (Map.Entry<String, SortedSet<Integer>> set : missing.entrySet()) {
      if (!set.getValue().isEmpty()) {
        throw problem(
            "every file of " + set.getKey(),
            set.getValue().size() + " missing, the first with number " + set.getValue().first(),
            files.get(0).getParent().toString(),
            "copy the missing files, or rename the others if that is all there is");
      }
    }
  }

  private static SortedSet<Integer> numbers(String count) {
    SortedSet<Integer> all = new TreeSet<>();
    for (int i = 0; i < Integer.parseInt(count); i++) {
      all.add(i);
    }
    return all;
  }

  /** Opens files; packed ones are unpacked into a temporary directory that ends with the JVM. */
  static List<RecordShard> open(List<Path> files, Notes notes) throws IOException {
    List<RecordShard> shards = new ArrayList<>();
    TemporaryDirectory unpacked = null;
    for (Path file : files) {
      Packing packing = packing(file);
      if (packing == Packing.NONE) {
        shards.add(new RecordShard(file, file.toString()));
      } else {
        if (unpacked == null) {
          unpacked = TemporaryDirectory.create();
          notes.say(
              "the files are packed: they are unpacked into "
                  + (unpacked.path() + " until tfbit ends"));
        }
        Path plain = unpacked.path().resolve(shards.size() + ".tfrecord");
        unpack(file, packing, plain);
        shards.add(new RecordShard(plain, file + " unpacked"));
      }
    }
    return shards;
  }

  private static Packing packing(Path file) throws IOException {
    byte[] head;
    try (InputStream in = Files.newInputStream(file)) {
      head = in.readNBytes(HEADER);
    }
    if (head.length == 0 || isHeader(head)) {
      return Packing.NONE;
    }
    if (head.length > 2 && (head[0] & 0xff) == 0x1f && (head[1] & 0xff) == 0x8b && head[2] == 8) {
      return Packing.GZIP;
    }
    int second = head.length > 1 ? head[1] & 0xff : 0;
    if (head[0] == 0x78 && (second == 0x9c || second == 0x01 || second == 0xda)) {
      return Packing.ZLIB;
    }
    throw problem(
        "a .csv or .jsonl manifest, or a TFRecord file",
        "a file that is none: it does not begin with a record",
        file.toString(),
        "name a directory of pictures, a manifest or TFRecord files");
  }

  private static boolean isHeader(byte[] head) {
    if (head.length < HEADER) {
      return false;
    }
    ByteBuffer header = ByteBuffer.wrap(head).order(ByteOrder.LITTLE_ENDIAN);
    return MaskedCrc.of(ByteBuffer.wrap(head, 0, Long.BYTES)) == header.getInt(Long.BYTES);
  }

  private static void unpack(Path file, Packing packing, Path to) throws IOException {
    long most = Math.max(ALWAYS_ALLOWED, MOST_GROWTH * Files.size(file));
    byte[] chunk = new byte[1 << 16];
    long total = 0;
    try (InputStream packed = Files.newInputStream(file);
        InputStream in =
            packing == Packing.GZIP
                ? new GZIPInputStream(packed, chunk.length)
                : new InflaterInputStream(packed);
        OutputStream out = Files.newOutputStream(to)) {
      for (int n = in.read(chunk); n >= 0; n = in.read(chunk)) {
        total += n;
        if (total > most) {
          throw problem(
              "at most " + most + " bytes", "more when unpacked", file.toString(), "check it");
        }
        out.write(chunk, 0, n);
      }
    } catch (EOFException | ZipException e) {
      throw new DataException(
          new Problem(
              "a whole " + packing + " file",
              e.getMessage() + " after " + total + " bytes",
              file.toString(),
              "the file is cut or damaged: copy it again"),
          e);
    }
  }

  static DataException problem(String expected, String found, String where, String remedy) {
    return new DataException(new Problem(expected, found, where, remedy));
  }
}
