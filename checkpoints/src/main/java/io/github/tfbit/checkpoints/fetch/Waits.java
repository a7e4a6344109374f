package io.github.tfbit.checkpoints.fetch;

import java.net.http.HttpHeaders;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/** How long to wait before another attempt. */
final class Waits {
  private static final int DOUBLINGS = 20;

  private Waits() {}

  /**
   * A wait that doubles with every failure in a row, varied by a half in either direction so that
   * many clients do not come back at the same moment.
   *
   * @param settings first and longest wait
   * @param failures in a row, at least 1
   */
  static Duration afterFailure(FetchSettings settings, int failures) {
    double spread = ThreadLocalRandom.current().nextDouble(0.5, 1.5);
    double first = settings.firstWait().toNanos() * spread;
    double nanos = first * (1L << Math.min(failures - 1, DOUBLINGS));
    return Duration.ofNanos((long) Math.min(nanos, (double) settings.longestWait().toNanos()));
  }

  /** What {@code Retry-After} asks for: seconds, or a date (RFC 9110, 10.2.3). */
  static Optional<Duration> asked(HttpHeaders headers, Instant now) {
    Optional<String> header = headers.firstValue("retry-after").map(String::strip);
    if (header.isEmpty()) {
      return Optional.empty();
    }
    try {
      if (header.get().chars().allMatch(c -> c >= '0' && c <= '9')) {
        return Optional.of(Duration.ofSeconds(Long.parseLong(header.get())));
      }
      Instant then =
          ZonedDateTime.parse(header.get(), DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
      return Optional.of(then.isBefore(now) ? Duration.ZERO : Duration.between(now, then));
    } catch (NumberFormatException | DateTimeParseException e) {
      return Optional.empty(); // unreadable: as if it were not there
    }
  }

  /** A wait as people say it. */
  static String text(Duration wait) {
    double seconds = wait.toNanos() / 1e9;
    return String.format(Locale.ROOT, seconds < 10 ? "%.1f s" : "%.0f s", seconds);
  }
}
