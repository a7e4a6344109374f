package io.github.tfbit.survey;

import io.github.tfbit.checkpoints.AtomicFile;
import io.github.tfbit.checkpoints.Existing;
import io.github.tfbit.data.Stamp;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Good pictures of earlier checks, by key, size and time. A text file: a line that says for which
 * way of decoding, then one line a picture. Anything else in it is passed over: what is not known
 * is read again. Safe for several threads.
 */
final class CheckCache {
  private static final long MOST_BYTES = 1L << 29;
  private static final Pattern LINE =
      Pattern.compile("([0-9a-f]{64})\t(\\d{1,18})\t(\\d{1,18})\t(.+)");

  private final Map<String, Known> known = new ConcurrentHashMap<>();

  /** A good picture. */
  private record Known(long bytes, long modifiedMillis, String sha256) {}

  /** Reads a cache; empty if there is none, or one of another way of decoding. */
  static CheckCache read(Optional<Path> file, String decoding) {
    CheckCache cache = new CheckCache();
    file.ifPresent(f -> cache.load(f, decoding));
    return cache;
  }

  private void load(Path file, String decoding) {
    try {
      if (!Files.isRegularFile(file) || Files.size(file) > MOST_BYTES) {
        return;
      }
      try (BufferedReader lines = Files.newBufferedReader(file)) {
        if (!decoding.equals(lines.readLine())) {
          return;
        }
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
          Matcher m = LINE.matcher(line);
          if (m.matches()) {
            known.put(
                unescaped(m.group(4)),
                new Known(Long.parseLong(m.group(2)), Long.parseLong(m.group(3)), m.group(1)));
          }
        }
      }
    } catch (IOException e) {
      System.getLogger(CheckCache.class.getName())
          .log(System.Logger.Level.DEBUG, "a cache that cannot be read is none: " + file, e);
    }
  }

  /** The SHA-256 of a picture that was good when it had this stamp. */
  Optional<String> find(Stamp stamp) {
    return Optional.ofNullable(known.get(stamp.key()))
        .filter(k -> k.bytes == stamp.bytes() && k.modifiedMillis == stamp.modifiedMillis())
        .map(Known::sha256);
  }

  void add(Stamp stamp, String sha256) {
    known.put(stamp.key(), new Known(stamp.bytes(), stamp.modifiedMillis(), sha256));
  }

  /** Writes all that is known, whole or not at all; the folder is made. */
  void write(Path file, String decoding) throws IOException {
    Files.createDirectories(file.toAbsolutePath().getParent());
    AtomicFile.write(
        file,
        Existing.REPLACE,
        temporary -> {
          try (BufferedWriter out = Files.newBufferedWriter(temporary)) {
            out.write(decoding + "\n");
            for (Map.Entry<String, Known> e : known.entrySet()) {
              Known k = e.getValue();
              out.write(
                  k.sha256 + "\t" + k.bytes + "\t" + k.modifiedMillis + "\t" + escaped(e.getKey()));
              out.write('\n');
            }
          }
        });
  }

  private static String escaped(String key) {
    return key.replace("\\", "\\\\").replace("\n", "\\n").replace("\r", "\\r");
  }

  private static String unescaped(String key) {
    return Pattern.compile("\\\\(.)")
        .matcher(key)
        .replaceAll(
            m ->
                switch (m.group(1)) {
                  case "n" -> "\n";
                  case "r" -> "\r";
                  default -> Matcher.quoteReplacement(m.group(1));
                });
  }
}
