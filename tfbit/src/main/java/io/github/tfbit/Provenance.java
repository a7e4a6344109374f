package io.github.tfbit;

import io.github.tfbit.converters.ContentId;
import io.github.tfbit.data.ImageDataset;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;

/**
 * Where a run's weights come from.
 *
 * @param upstream what the run started from: a file's name or a description
 * @param upstreamSha256 of that file in hexadecimal digits; empty if it was no file
 * @param upstreamContentId of the weights it started from, whatever file they lay in; empty for
 *     weights that were drawn, and in runs that tfbit 0.1 wrote
 * @param dataSha256 over class names and, picture by picture, labels and the place in the order of
 *     the training set, not over the pictures' bytes
 * @param seed of everything random
 * @param versions of tfbit, TensorFlow, the JVM and the system
 */
public record Provenance(
    String upstream,
    Optional<String> upstreamSha256,
    Optional<String> upstreamContentId,
    String dataSha256,
    long seed,
    Map<String, String> versions) {
  private static final int CHUNK = 1 << 20;

  /** Copies the versions. */
  public Provenance {
    versions = Map.copyOf(versions);
  }

  static Provenance of(TrainingJob job) throws IOException {
    Optional<Path> file = job.settings().upstreamFile;
    return new Provenance(
        job.settings().upstreamName.orElse(job.upstream().source()),
        file.isPresent() && Files.isRegularFile(file.get())
            ? Optional.of(sha256(file.get()))
            : Optional.empty(),
        job.kind() == TrainingJob.Kind.FINE_TUNING
            ? Optional.of(ContentId.of(job.upstream()).id())
            : Optional.empty(),
        sha256(job.settings().train),
        job.settings().seed,
        Versions.all());
  }

  private static String sha256(Path file) throws IOException {
    MessageDigest digest = digest();
    byte[] chunk = new byte[CHUNK];
    try (InputStream in = Files.newInputStream(file)) {
      for (int n = in.read(chunk); n >= 0; n = in.read(chunk)) {
        digest.update(chunk, 0, n);
      }
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static String sha256(ImageDataset data) throws IOException {
    MessageDigest digest = digest();
    for (String c : data.classes()) {
      digest.update((c + '\n').getBytes(StandardCharsets.UTF_8));
    }
    for (int i = 0; i < data.size(); i++) {
      for (int label : data.labels(i)) {
        digest.update(ByteBuffer.allocate(8).putInt(i).putInt(label).flip());
      }
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JVM has SHA-256", e);
    }
  }
}
