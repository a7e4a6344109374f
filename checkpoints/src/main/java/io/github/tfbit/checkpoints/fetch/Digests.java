package io.github.tfbit.checkpoints.fetch;

import io.github.tfbit.checkpoints.fetch.Hash.Algorithm;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.zip.CRC32C;

/** Checksums of a file on the disk, read once. */
final class Digests {
  private static final int BUFFER_BYTES = 1 << 18;

  private final Map<Algorithm, MessageDigest> digests = new EnumMap<>(Algorithm.class);
  private final CRC32C crc = new CRC32C();

  private Digests(Set<Algorithm> wanted) {
    try {
      if (wanted.contains(Algorithm.MD5)) {
        digests.put(Algorithm.MD5, MessageDigest.getInstance("MD5"));
      }
      if (wanted.contains(Algorithm.SHA256)) {
        digests.put(Algorithm.SHA256, MessageDigest.getInstance("SHA-256"));
      }
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has MD5 and SHA-256", e);
    }
  }

  /**
   * Reads a file.
   *
   * @param file to read
   * @param wanted which checksums to compute
   * @return a value for each of them
   * @throws IOException if reading fails
   */
  static Map<Algorithm, Hash> of(Path file, Set<Algorithm> wanted) throws IOException {
    Digests digests = new Digests(wanted);
    ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES);
    try (FileChannel channel = FileChannel.open(file)) {
      while (channel.read(buffer.clear()) >= 0) {
        digests.update(buffer.flip(), wanted.contains(Algorithm.CRC32C));
      }
    }
    return digests.values(wanted);
  }

  private void update(ByteBuffer bytes, boolean withCrc) {
    if (withCrc) {
      crc.update(bytes.duplicate());
    }
    digests.values().forEach(d -> d.update(bytes.duplicate()));
  }

  private Map<Algorithm, Hash> values(Set<Algorithm> wanted) {
    Map<Algorithm, Hash> values = new EnumMap<>(Algorithm.class);
    digests.forEach((algorithm, d) -> values.put(algorithm, Hash.of(algorithm, d.digest())));
    if (wanted.contains(Algorithm.CRC32C)) {
      byte[] value = ByteBuffer.allocate(Integer.BYTES).putInt((int) crc.getValue()).array();
      values.put(Algorithm.CRC32C, Hash.of(Algorithm.CRC32C, value));
    }
    return values;
  }
}
