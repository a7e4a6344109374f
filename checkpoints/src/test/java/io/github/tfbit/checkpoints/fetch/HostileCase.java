package io.github.tfbit.checkpoints.fetch;

import io.github.tfbit.checkpoints.fetch.Hash.Algorithm;
import io.github.tfbit.checkpoints.fetch.ScriptedServer.Script;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Base64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

/** A server that a test scripts, and the cache that fetches from it. */
abstract class HostileCase {
  static final byte[] FILE = Hostile.bytes(300_000, 1);
  static final byte[] OTHER = Hostile.bytes(300_000, 2);
  static final String TAG = Hostile.TAG;
  static final String LENGTH = "Content-Length: " + FILE.length;

  @TempDir Path folder;
  Hostile h;

  Hostile server(Script script) throws IOException {
    h = new Hostile(folder, FILE, script);
    return h;
  }

  @AfterEach
  void close() throws IOException {
    h.close();
  }

  static FetchSettings attempts(int most) {
    FetchSettings s = Hostile.IMPATIENT;
    return new FetchSettings(
        s.connectTimeout(), s.stallTimeout(), most, s.restarts(), s.firstWait(), s.longestWait());
  }

  static String base64(Algorithm algorithm, byte[] bytes) {
    return Base64.getEncoder().encodeToString(Hex.digest(algorithm, bytes));
  }

  /** Checksums by the test's own means. */
  static final class Hex {
    static byte[] digest(Algorithm algorithm, byte[] bytes) {
      try {
        return switch (algorithm) {
          case CRC32C -> {
            java.util.zip.CRC32C crc = new java.util.zip.CRC32C();
            crc.update(bytes);
            yield java.nio.ByteBuffer.allocate(4).putInt((int) crc.getValue()).array();
          }
          case MD5 -> java.security.MessageDigest.getInstance("MD5").digest(bytes);
          case SHA256 -> java.security.MessageDigest.getInstance("SHA-256").digest(bytes);
        };
      } catch (java.security.NoSuchAlgorithmException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  /** A stored zip archive of a given size or more. */
  static final class Zips {
    static byte[] of(int size) throws IOException {
      var out = new java.io.ByteArrayOutputStream();
      try (var zip = new java.util.zip.ZipOutputStream(out)) {
        zip.putNextEntry(new java.util.zip.ZipEntry("a.npy"));
        zip.write(Hostile.bytes(size, 3));
      }
      return out.toByteArray();
    }
  }
}
