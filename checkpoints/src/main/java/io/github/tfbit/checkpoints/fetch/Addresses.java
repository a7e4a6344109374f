package io.github.tfbit.checkpoints.fetch;

import java.net.URI;

/** What may be asked of an address. */
final class Addresses {
  private Addresses() {}

  /** Whether it is of the web, has a host, and no password in it. */
  static boolean web(URI uri) {
    return (secure(uri) || "http".equalsIgnoreCase(uri.getScheme()))
        && uri.getHost() != null
        && uri.getRawUserInfo() == null;
  }

  static boolean secure(URI uri) {
    return "https".equalsIgnoreCase(uri.getScheme());
  }

  static URI withoutFragment(URI uri) {
    String text = uri.toString();
    int hash = text.indexOf('#');
    return hash < 0 ? uri : URI.create(text.substring(0, hash));
  }

  /** For messages and records: without the query, where content networks keep signatures. */
  static String shown(URI uri) {
    String text = withoutFragment(uri).toString();
    int query = text.indexOf('?');
    return query < 0 ? text : text.substring(0, query);
  }

  /** A path under a base address, which may or may not end in a slash. */
  static URI under(URI base, String path) {
    if (!web(base) || base.getRawQuery() != null || base.getRawFragment() != null) {
      throw new IllegalArgumentException(
          "expected an http or https address with a host and without password, query and fragment,"
              + " found "
              + base);
    }
    String text = base.toString();
    while (text.endsWith("/")) {
      text = text.substring(0, text.length() - 1);
    }
    return URI.create(text + "/" + path);
  }
}
