package io.github.tfbit.checkpoints.fetch;

import java.net.URI;
import java.util.List;
import java.util.Objects;

/**
 * One file on a server, and all that is known of it beforehand.
 *
 * @param uri its address, {@code https} or {@code http}
 * @param size how long it has to be
 * @param hashes checksums that it has to have, beside those that its server publishes; may be empty
 * @param kind what it has to begin and end like
 */
public record Source(URI uri, ExpectedSize size, List<Hash> hashes, FileKind kind) {
  /** Checks that the address is one of the web, without a password in it. */
  public Source {
    Objects.requireNonNull(size, "size");
    Objects.requireNonNull(kind, "kind");
    hashes = List.copyOf(hashes);
    String scheme = String.valueOf(uri.getScheme());
    if (!(scheme.equalsIgnoreCase("https") || scheme.equalsIgnoreCase("http"))
        || uri.getHost() == null
        || uri.getRawUserInfo() != null) {
      throw new IllegalArgumentException(
          "expected an http or https address with a host and without a password, found " + uri);
    }
  }

  /**
   * A file of which only the kind is known.
   *
   * @param uri its address
   * @param kind what it has to begin and end like
   * @return the source
   */
  public static Source of(URI uri, FileKind kind) {
    return new Source(uri, ExpectedSize.unknown(), List.of(), kind);
  }

  /**
   * The same file on another server.
   *
   * @param address where it is
   * @return the source, with everything else as it was
   */
  public Source at(URI address) {
    return new Source(address, size, hashes, kind);
  }
}
