package io.github.tfbit.checkpoints.npy;

import static io.github.tfbit.checkpoints.CheckpointException.corrupt;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The dict literal of an npy header, by a parser for exactly that: three keys in any order, each
 * once, and nothing else. Nothing is evaluated.
 *
 * @param descr the dtype string; the text of the literal for a structured dtype
 * @param fortranOrder whether the first dimension varies fastest
 * @param shape sizes of the dimensions
 */
record HeaderLiteral(String descr, boolean fortranOrder, List<Integer> shape) {
  /** Numpy 2 allows 64 dimensions. */
  private static final int MAX_DIMENSIONS = 64;

  static HeaderLiteral parse(String text, String where) throws IOException {
    return new Parser(text, where).dict();
  }

  private static final class Parser {
    private final String text;
    private final String where;
    private int at;
    private String descr;
    private Boolean fortranOrder;
    private List<Integer> shape;

    Parser(String text, String where) {
      this.text = text;
      this.where = where;
    }

    HeaderLiteral dict() throws IOException {
      expect('{');
      while (peek() != '}') {
        entry();
        if (peek() == ',') {
          at++;
        } else if (peek() != '}') {
          throw odd("',' or '}'");
        }
      }
      expect('}');
      if (peek() != 0) {
        throw odd("nothing after the dict");
      }
      if (descr == null || fortranOrder == null || shape == null) {
        throw odd("the keys 'descr', 'fortran_order' and 'shape'");
      }
      return new HeaderLiteral(descr, fortranOrder, shape);
    }

    private void entry() throws IOException {
      String key = string();
      expect(':');
      switch (key) {
        case "descr" -> descr = once(descr, peek() == '[' ? structured() : string());
        case "fortran_order" -> fortranOrder = once(fortranOrder, bool());
        case "shape" -> shape = once(shape, tuple());
        default -> throw odd("one of the keys 'descr', 'fortran_order', 'shape'");
      }
    }

    private <T> T once(T before, T now) throws IOException {
      if (before != null) {
        throw odd("each key once");
      }
      return now;
    }

    /** Only named in a message, so any text up to the closing bracket will do. */
    private String structured() throws IOException {
      int end = text.lastIndexOf(']');
      if (end < at) {
        throw odd("']'");
      }
      String all = text.substring(at, end + 1);
      at = end + 1;
      return all;
    }

    private String string() throws IOException {
      char quote = peek();
      int end = quote == '\'' || quote == '"' ? text.indexOf(quote, at + 1) : -1;
      if (end < 0) {
        throw odd("a quoted string");
      }
      String s = text.substring(at + 1, end);
      if (s.indexOf('\\') >= 0) {
        throw odd("a string without escapes");
      }
      at = end + 1;
      return s;
    }

    private boolean bool() throws IOException {
      peek();
      for (String word : List.of("True", "False")) {
        if (text.startsWith(word, at)) {
          at += word.length();
          return word.equals("True");
        }
      }
      throw odd("True or False");
    }

    private List<Integer> tuple() throws IOException {
      List<Integer> dims = new ArrayList<>();
      expect('(');
      boolean comma = true;
      while (peek() != ')') {
        if (!comma || dims.size() == MAX_DIMENSIONS) {
          throw odd("a tuple of at most " + MAX_DIMENSIONS + " whole numbers");
        }
        dims.add(number());
        comma = peek() == ',';
        if (comma) {
          at++;
        }
      }
      if (dims.size() == 1 && !comma) {
        throw odd("a tuple, '(n,)'");
      }
      expect(')');
      return dims;
    }

    private int number() throws IOException {
      int begin = at;
      while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
        at++;
      }
      int end = at;
      if (at < text.length() && text.charAt(at) == 'L') {
        at++; // Python 2 marked long integers so.
      }
      try {
        return Integer.parseInt(text, begin, end, 10);
      } catch (NumberFormatException e) {
        at = begin;
        throw odd("a dimension from 0 to " + Integer.MAX_VALUE);
      }
    }

    private void expect(char c) throws IOException {
      if (peek() != c) {
        throw odd("'" + c + "'");
      }
      at++;
    }

    /** The next character that is not space, 0 at the end. */
    private char peek() {
      while (at < text.length() && " \n\t\r".indexOf(text.charAt(at)) >= 0) {
        at++;
      }
      return at < text.length() ? text.charAt(at) : 0;
    }

    private IOException odd(String expected) {
      String rest = text.substring(Math.min(at, text.length())).strip();
      String shown = rest.length() > 40 ? rest.substring(0, 40) + "…" : rest;
      String found = shown.isEmpty() ? "its end" : "'" + printable(shown) + "'";
      return corrupt(where, expected + " in the npy header at character " + at, found);
    }

    private static String printable(String s) {
      return s.replaceAll("\\p{Cntrl}", "?");
    }
  }
}
