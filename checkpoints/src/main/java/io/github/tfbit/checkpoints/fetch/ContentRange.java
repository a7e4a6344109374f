package io.github.tfbit.checkpoints.fetch;

import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which part of a file an answer brings: {@code Content-Range: bytes first-last/total} (RFC 9110,
 * 14.4).
 *
 * @param first its first byte
 * @param last its last byte
 * @param total of the whole file, empty for {@code *}
 */
record ContentRange(long first, long last, OptionalLong total) {
  private static final Pattern FORM =
      Pattern.compile("bytes (\\d{1,18})-(\\d{1,18})/(\\d{1,18}|\\*)", Pattern.CASE_INSENSITIVE);

  /** Reads the header; empty if it is not of that form or contradicts itself. */
  static Optional<ContentRange> parse(String header) {
    Matcher m = FORM.matcher(header.strip());
    if (!m.matches()) {
      return Optional.empty();
    }
    long first = Long.parseLong(m.group(1));
    long last = Long.parseLong(m.group(2));
    boolean open = m.group(3).equals("*");
    OptionalLong total = open ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(m.group(3)));
    if (last < first || (!open && last >= total.getAsLong())) {
      return Optional.empty();
    }
    return Optional.of(new ContentRange(first, last, total));
  }
}
