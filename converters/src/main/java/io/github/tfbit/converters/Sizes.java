package io.github.tfbit.converters;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Bytes of models that are more than one file. */
final class Sizes {
  /** SavedModels are two deep. */
  private static final int DEPTH = 8;

  private static final int MAX_FILES = 100_000;

  private Sizes() {}

  /** All files in a directory; links count nothing. */
  static long directory(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory, DEPTH)) {
      return sum(files);
    }
  }

  /** A checkpoint's index and shards, by its prefix or its index. */
  static long checkpoint(Path prefixOrIndex) throws IOException {
    String name = String.valueOf(prefixOrIndex.getFileName());
    String prefix = name.endsWith(".index") ? name.substring(0, name.length() - 6) : name;
    try (Stream<Path> files = Files.list(prefixOrIndex.toAbsolutePath().getParent())) {
      return sum(files.filter(f -> isPart(String.valueOf(f.getFileName()), prefix)));
    }
  }

  private static boolean isPart(String name, String prefix) {
    return name.equals(prefix + ".index") || name.startsWith(prefix + ".data-");
  }

  private static long sum(Stream<Path> files) throws IOException {
    List<Path> all =
        files
            .filter(f -> Files.isRegularFile(f, LinkOption.NOFOLLOW_LINKS))
            .limit(MAX_FILES)
            .toList();
    long bytes = 0;
    for (Path f : all) {
      bytes += Files.size(f);
    }
    return bytes;
  }
}
