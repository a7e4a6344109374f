package io.github.tfbit.serving;

import java.time.Duration;
import java.util.Objects;

/**
 * What a server takes on at most; the rest is refused at once, with a status that says so.
 *
 * @param requestBytes of one request's body or message; less if that is more than an eighth of the
 *     heap
 * @param requests in hand at a time
 * @param pictures in hand at a time, over all requests
 * @param patience that requests in hand have to end when the server stops
 */
public record Limits(long requestBytes, int requests, int pictures, Duration patience) {
  /** 64 MiB, 256 requests, 512 pictures, 30 seconds. */
  public static final Limits DEFAULT = new Limits(64L << 20, 256, 512, Duration.ofSeconds(30));

  /** Checks that something is possible at all. */
  public Limits {
    Objects.requireNonNull(patience, "patience");
    if (requestBytes < 1 || requestBytes > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          "expected 1 to " + Integer.MAX_VALUE + " bytes a request, found " + requestBytes);
    }
    if (requests < 1 || pictures < 1) {
      throw new IllegalArgumentException(
          "expected at least one request and picture, found " + requests + " and " + pictures);
    }
    if (patience.isNegative()) {
      throw new IllegalArgumentException("expected no negative patience, found " + patience);
    }
  }
}
