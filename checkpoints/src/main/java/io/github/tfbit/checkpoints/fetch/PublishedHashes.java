package io.github.tfbit.checkpoints.fetch;

import io.github.tfbit.checkpoints.fetch.Hash.Algorithm;
import java.net.http.HttpHeaders;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Checksums of a whole file that its server states in headers. */
final class PublishedHashes {
  /**
   * Google Cloud Storage: "A response header that indicates the MD5 and CRC32C hashes of the
   * object", base64, big-endian, comma-separated or in a header each; also with a part of it.
   */
  private static final String GOOGLE = "x-goog-hash";

  /** RFC 1864: base64 of the body's MD5; of the whole file only if the body is the whole file. */
  private static final String CONTENT_MD5 = "content-md5";

  /** Hugging Face, on the redirect to a large file: its SHA-256 in hexadecimal, in quotes. */
  private static final String LINKED = "x-linked-etag";

  private static final Pattern SHA256 = Pattern.compile("\"?([0-9a-f]{64})\"?");
  private static final Map<String, Algorithm> GOOGLE_NAMES =
      Map.of("crc32c", Algorithm.CRC32C, "md5", Algorithm.MD5);

  private PublishedHashes() {}

  /** Checksums of what a hop leads to. */
  static List<Hash> linked(HttpHeaders headers) {
    List<Hash> hashes = new ArrayList<>();
    for (String value : headers.allValues(LINKED)) {
      var matcher = SHA256.matcher(value.strip());
      if (matcher.matches()) {
        hashes.add(new Hash(Algorithm.SHA256, matcher.group(1)));
      }
    }
    return hashes;
  }

  /** Checksums of the file that an answer brings, or brings a part of. */
  static List<Hash> of(Answer answer, boolean whole) {
    List<Hash> hashes = new ArrayList<>(answer.linked());
    for (String value : answer.headers().allValues(GOOGLE)) {
      for (String item : value.split(",", -1)) {
        int equals = item.indexOf('=');
        Algorithm algorithm =
            equals < 0 ? null : GOOGLE_NAMES.get(item.substring(0, equals).strip());
        if (algorithm != null) {
          decoded(algorithm, item.substring(equals + 1)).ifPresent(hashes::add);
        }
      }
    }
    if (whole) {
      answer
          .header(CONTENT_MD5)
          .flatMap(value -> decoded(Algorithm.MD5, value))
          .ifPresent(hashes::add);
    }
    return hashes.stream().distinct().toList();
  }

  /** Empty for what is no checksum: it cannot be compared with anything. */
  private static Optional<Hash> decoded(Algorithm algorithm, String base64) {
    try {
      byte[] value = Base64.getDecoder().decode(base64.strip());
      return value.length == algorithm.bytes()
          ? Optional.of(Hash.of(algorithm, value))
          : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
