package io.github.tfbit.converters.fingerprints;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The CRC32C of every tensor of a genuine checkpoint: of its float32 bytes, little-endian, in C
 * order, kernels HWIO, not masked.
 *
 * <p>The values of BiT-M-R50x1 come from the index of a SavedModel around the frozen module {@code
 * google/bit/m-r50x1/1}, which carries a checksum for each tensor of the backbone; the head is not
 * among them.
 */
public final class Fingerprints {
  /** The models whose tensors are known. */
  private static final List<String> KNOWN = List.of("BiT-M-R50x1");

  private Fingerprints() {}

  /**
   * The models that can be recognised.
   *
   * @return catalogue names
   */
  public static List<String> known() {
    return KNOWN;
  }

  /**
   * The checksums of one model.
   *
   * @param model one of {@link #known}
   * @return CRC32C by published name, in the order of the list's source; empty for a model whose
   *     tensors are not known
   */
  public static Optional<Map<String, Integer>> of(String model) {
    return KNOWN.contains(model) ? Optional.of(read(model + ".crc32c.csv")) : Optional.empty();
  }

  private static Map<String, Integer> read(String resource) {
    Map<String, Integer> all = new LinkedHashMap<>();
    try (InputStream in = Fingerprints.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException("the resource " + resource + " is missing");
      }
      BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
      lines.readLine(); // the columns' names
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        int comma = line.indexOf(',');
        int crc32c = Integer.parseUnsignedInt(line.substring(comma + 1), 16);
        all.put(line.substring(0, comma), crc32c);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return java.util.Collections.unmodifiableMap(all);
  }
}
