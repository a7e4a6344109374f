package io.github.tfbit.converters.torch;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One vocabulary's way to write a tensor's name; {@code {b}} is the block, {@code {u}} the unit.
 */
final class Spelling {
  /** Which unit of which block, both from 0; both 0 for what lies in no block. */
  record Place(int block, int unit) {}

  private final String template;
  private final boolean published;
  private final Pattern pattern;

  private Spelling(String template, boolean published) {
    this.template = template;
    this.published = published;
    String number = published ? "(0[1-9]|[1-9]\\d{1,4})" : "(0|[1-9]\\d{0,4})";
    String regex =
        Pattern.quote(template)
            .replace("{b}", "\\E" + (published ? "([1-4])" : "([0-3])") + "\\Q")
            .replace("{u}", "\\E" + number + "\\Q");
    this.pattern = Pattern.compile(regex);
  }

  /** Blocks and units counted from 1, units of two digits at least. */
  static Spelling published(String template) {
    return new Spelling(template, true);
  }

  /** Blocks and units counted from 0. */
  static Spelling torch(String template) {
    return new Spelling(template, false);
  }

  Optional<Place> parse(String name) {
    Matcher m = pattern.matcher(name);
    if (!m.matches()) {
      return Optional.empty();
    }
    if (m.groupCount() == 0) {
      return Optional.of(new Place(0, 0));
    }
    int base = published ? 1 : 0;
    return Optional.of(
        new Place(Integer.parseInt(m.group(1)) - base, Integer.parseInt(m.group(2)) - base));
  }

  String format(Place place) {
    int base = published ? 1 : 0;
    String unit = String.format(Locale.ROOT, published ? "%02d" : "%d", place.unit() + base);
    return template.replace("{b}", String.valueOf(place.block() + base)).replace("{u}", unit);
  }
}
