package io.github.tfbit.report;

/** Text as HTML and SVG want it, in elements and in quoted attributes. */
public final class HtmlText {
  private static final char UNKNOWN = '\ufffd';

  private HtmlText() {}

  /**
   * Escapes a text, whoever wrote it.
   *
   * @param text any characters
   * @return the same for a browser; what no document may hold, such as half a surrogate pair or a
   *     control character, becomes the replacement character
   */
  public static String escape(String text) {
    StringBuilder escaped = new StringBuilder(text.length() + 16);
    text.codePoints()
        .forEach(
            c -> {
              switch (c) {
                case '&' -> escaped.append("&amp;");
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '"' -> escaped.append("&quot;");
                case '\'' -> escaped.append("&#39;");
                default -> {
                  if (isAllowed(c)) {
                    escaped.appendCodePoint(c);
                  } else {
                    escaped.append(UNKNOWN);
                  }
                }
              }
            });
    return escaped.toString();
  }

  private static boolean isAllowed(int c) {
    boolean surrogate = c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE;
    boolean noncharacter = (c & 0xfffe) == 0xfffe || (c >= 0xfdd0 && c <= 0xfdef);
    return !surrogate && !noncharacter && (c == '\n' || c == '\t' || !Character.isISOControl(c));
  }

  /**
   * A name that somebody else chose, cut to a bearable length and kept from turning the direction
   * of the text around it.
   *
   * @param name of a class or a file
   * @return an element
   */
  public static String name(String name) {
    return "<bdi>" + escape(cut(name)) + "</bdi>";
  }

  /** At most so many characters that a page stays a page. */
  static String cut(String name) {
    int most = 100;
    if (name.codePointCount(0, name.length()) <= most) {
      return name;
    }
    return name.substring(0, name.offsetByCodePoints(0, most - 1)) + "…";
  }
}
