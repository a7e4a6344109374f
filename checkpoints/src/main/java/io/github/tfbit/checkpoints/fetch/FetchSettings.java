package io.github.tfbit.checkpoints.fetch;

import java.time.Duration;

/**
 * How patient a fetch is.
 *
 * @param connectTimeout until a connection stands
 * @param stallTimeout until the answer begins, and between any two pieces of it
 * @param attempts tries in a row that bring nothing, before giving up; at least 1
 * @param restarts times that a file is begun anew because what had come was of no use
 * @param firstWait before the second try; doubled for each further one, and varied by a half
 * @param longestWait that is kept, whatever the server asks for
 */
public record FetchSettings(
    Duration connectTimeout,
    Duration stallTimeout,
    int attempts,
    int restarts,
    Duration firstWait,
    Duration longestWait) {
  /** For the open internet. */
  public static final FetchSettings DEFAULT =
      new FetchSettings(
          Duration.ofSeconds(20),
          Duration.ofSeconds(30),
          6,
          2,
          Duration.ofSeconds(1),
          Duration.ofMinutes(1));

  /** Checks the counts and that every wait is positive. */
  public FetchSettings {
    if (attempts < 1 || restarts < 0) {
      throw new IllegalArgumentException(
          "expected attempts >= 1 and restarts >= 0, found " + attempts + " and " + restarts);
    }
    for (Duration d : new Duration[] {connectTimeout, stallTimeout, firstWait, longestWait}) {
      if (d.isNegative() || d.isZero()) {
        throw new IllegalArgumentException("expected a positive duration, found " + d);
      }
    }
  }
}
