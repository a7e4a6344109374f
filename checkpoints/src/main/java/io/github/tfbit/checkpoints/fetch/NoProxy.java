package io.github.tfbit.checkpoints.fetch;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Hosts that are reached without a proxy, as curl reads {@code no_proxy}: names separated by commas
 * or spaces, each covering itself and what ends in it after a dot; {@code *} covers all. A network
 * such as {@code 10.0.0.0/8} covers the IPv4 addresses in it.
 *
 * @param items lower case
 */
record NoProxy(List<String> items) {
  static NoProxy of(String text) {
    return new NoProxy(
        Stream.of(text.toLowerCase(Locale.ROOT).split("[,\\s]+", -1))
            .map(String::strip)
            .filter(s -> !s.isEmpty())
            .toList());
  }

  boolean covers(String host, int port) {
    String h = host.toLowerCase(Locale.ROOT);
    return items.stream().anyMatch(item -> covers(item, h, port));
  }

  private static boolean covers(String item, String host, int port) {
    if (item.equals("*")) {
      return true;
    }
    String name = item.startsWith(".") ? item.substring(1) : item;
    int colon = name.indexOf(':');
    if (colon >= 0 && colon == name.lastIndexOf(':')) {
      if (!name.substring(colon + 1).equals(String.valueOf(port))) {
        return false;
      }
      name = name.substring(0, colon);
    }
    int slash = name.indexOf('/');
    if (slash >= 0) {
      return inNetwork(host, name.substring(0, slash), name.substring(slash + 1));
    }
    return !name.isEmpty() && (host.equals(name) || host.endsWith("." + name));
  }

  private static boolean inNetwork(String host, String network, String length) {
    try {
      int bits = Integer.parseInt(length);
      if (bits < 0 || bits > Integer.SIZE) {
        return false;
      }
      long mask = bits == 0 ? 0 : -1L << (Integer.SIZE - bits);
      return (ipv4(host) & mask) == (ipv4(network) & mask);
    } catch (NumberFormatException e) {
      return false; // a name, not an address
    }
  }

  private static long ipv4(String text) {
    String[] parts = text.split("\\.", -1);
    if (parts.length != 4) {
      throw new NumberFormatException(text);
    }
    long value = 0;
    for (String part : parts) {
      int octet = Integer.parseInt(part);
      if (octet < 0 || octet > 255) {
        throw new NumberFormatException(text);
      }
      value = value << 8 | octet;
    }
    return value;
  }
}
