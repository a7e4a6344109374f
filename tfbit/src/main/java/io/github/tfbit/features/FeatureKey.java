package io.github.tfbit.features;

import io.github.tfbit.data.ImageDataset;
import io.github.tfbit.data.Stamp;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collections;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What features follow from: the weights and how they are computed, and every picture in its order.
 * Equal keys mean equal bytes.
 *
 * @param model facts on the computation, such as the weights' content id, the endpoint, the size
 * @param pictures SHA-256 over the pictures' stamps, or over their bytes where a source has none
 */
public record FeatureKey(Map<String, String> model, String pictures) {
  /** To be changed when something in the code changes features. */
  private static final String VERSION = "tfbit features 1";

  /** Copies the facts, sorted. */
  public FeatureKey {
    model = Collections.unmodifiableMap(new TreeMap<>(model));
  }

  /**
   * Looks at every picture's stamp.
   *
   * @param model facts on the computation
   * @param data the pictures in their order; what they show plays no part
   * @return the key
   * @throws IOException if a picture is not there any more
   */
  public static FeatureKey of(Map<String, String> model, ImageDataset data) throws IOException {
    MessageDigest digest = digest();
    for (int i = 0; i < data.size(); i++) {
      Optional<Stamp> stamp = data.stamp(i);
      if (stamp.isPresent()) {
        Stamp s = stamp.get();
        add(digest, s.key().getBytes(StandardCharsets.UTF_8));
        digest.update(
            ByteBuffer.allocate(16).putLong(s.bytes()).putLong(s.modifiedMillis()).flip());
      } else {
        add(digest, data.example(i).encoded());
      }
    }
    return new FeatureKey(model, HexFormat.of().formatHex(digest.digest()));
  }

  /** The length goes before, so that no two lists run together. */
  private static void add(MessageDigest digest, byte[] bytes) {
    digest.update(ByteBuffer.allocate(4).putInt(bytes.length).flip());
    digest.update(bytes);
  }

  /** A file's name: 32 hexadecimal digits. */
  String name() {
    MessageDigest digest = digest();
    add(digest, VERSION.getBytes(StandardCharsets.UTF_8));
    add(digest, model.toString().getBytes(StandardCharsets.UTF_8));
    add(digest, pictures.getBytes(StandardCharsets.UTF_8));
    return HexFormat.of().formatHex(digest.digest(), 0, 16);
  }

  private static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JVM has SHA-256", e);
    }
  }
}
