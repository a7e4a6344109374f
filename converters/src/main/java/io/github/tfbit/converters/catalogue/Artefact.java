package io.github.tfbit.converters.catalogue;

import java.net.URI;
import java.util.List;
import java.util.Objects;

/**
 * One published file.
 *
 * @param uri where it is published
 * @param path where it belongs below a cache's or mirror's root: relative, with {@code /} between
 *     its parts
 * @param size how long it is
 */
public record Artefact(URI uri, String path, FileSize size) {
  /** Checks that the address is one to fetch from, and that the path stays below its root. */
  public Artefact {
    Objects.requireNonNull(size, "size");
    if (!"https".equals(uri.getScheme()) || uri.getHost() == null) {
      throw new IllegalArgumentException("expected an https address, found " + uri);
    }
    List<String> parts = List.of(path.split("/", -1));
    boolean odd = parts.stream().anyMatch(p -> p.isEmpty() || p.equals(".") || p.equals(".."));
    if (odd || !path.matches("[A-Za-z0-9._/-]+")) {
      throw new IllegalArgumentException("expected a relative path, found " + path);
    }
  }
}
