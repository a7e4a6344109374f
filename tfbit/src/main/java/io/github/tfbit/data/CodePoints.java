package io.github.tfbit.data;

/**
 * Order by code point. {@link String#compareTo} orders by UTF-16 unit, which differs above U+FFFF.
 */
final class CodePoints {
  private CodePoints() {}

  static int compare(String a, String b) {
    int i = 0;
    int j = 0;
    while (i < a.length() && j < b.length()) {
      int p = a.codePointAt(i);
      int q = b.codePointAt(j);
      if (p != q) {
        return Integer.compare(p, q);
      }
      i += Character.charCount(p);
      j += Character.charCount(q);
    }
    return Integer.compare(a.length() - i, b.length() - j);
  }
}
