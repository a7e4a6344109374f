package io.github.tfbit.checkpoints.fetch;

import java.net.http.HttpHeaders;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/**
 * What tells one version of a file from another, byte for byte, as {@code If-Range} needs it.
 *
 * @param header that the server sends it in, {@code etag} or {@code last-modified}
 * @param value as sent
 */
record Validator(String header, String value) {
  static final String ETAG = "etag";
  private static final String LAST_MODIFIED = "last-modified";

  /** A date is strong if it was at least this long ago (RFC 9110, 8.8.2.2: one minute). */
  private static final Duration SETTLED = Duration.ofMinutes(1);

  /** The strong validator of an answer: its entity tag, else its date; empty without one. */
  static Optional<Validator> strong(HttpHeaders headers) {
    Optional<String> tag = headers.firstValue(ETAG).map(String::strip);
    if (tag.isPresent()) {
      String t = tag.get();
      boolean strong = t.length() >= 2 && t.startsWith("\"") && t.endsWith("\"");
      return strong ? Optional.of(new Validator(ETAG, t)) : Optional.empty();
    }
    Optional<String> modified = headers.firstValue(LAST_MODIFIED).map(String::strip);
    return modified
        .filter(m -> settled(m, headers.firstValue("date").map(String::strip)))
        .map(m -> new Validator(LAST_MODIFIED, m));
  }

  private static boolean settled(String modified, Optional<String> date) {
    try {
      return date.isPresent() && !parse(modified).plus(SETTLED).isAfter(parse(date.get()));
    } catch (DateTimeParseException e) {
      return false;
    }
  }

  private static ZonedDateTime parse(String date) {
    return ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME);
  }

  /** Whether an answer is about the same version. */
  boolean matches(HttpHeaders headers) {
    return headers.firstValue(header).map(String::strip).filter(value::equals).isPresent();
  }
}
