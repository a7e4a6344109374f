package io.github.tfbit.checkpoints.fetch;

import io.github.tfbit.checkpoints.Problem;
import io.github.tfbit.checkpoints.fetch.FetchException.Reason;
import java.io.IOException;
import java.net.Authenticator;
import java.net.InetSocketAddress;
import java.net.PasswordAuthentication;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Proxies as curl reads them from the environment: {@code https_proxy}, {@code http_proxy}, {@code
 * all_proxy}, {@code no_proxy} and the same in capitals; the JVM's own settings where they say
 * nothing.
 */
final class ProxyEnvironment {
  /** curl's own, for a proxy without a port. */
  private static final int DEFAULT_PORT = 1080;

  /**
   * One proxy.
   *
   * @param address host, unresolved, and port
   * @param login user and password, empty for an open one
   */
  private record HttpProxy(InetSocketAddress address, Optional<PasswordAuthentication> login) {}

  private final Optional<HttpProxy> forHttp;
  private final Optional<HttpProxy> forHttps;
  private final NoProxy exceptions;

  private ProxyEnvironment(
      Optional<HttpProxy> forHttp, Optional<HttpProxy> forHttps, NoProxy exceptions) {
    this.forHttp = forHttp;
    this.forHttps = forHttps;
    this.exceptions = exceptions;
  }

  /**
   * Reads the environment.
   *
   * @param environment its variables
   * @return the proxies
   * @throws FetchException if one is of a kind that the JDK's client does not speak
   */
  static ProxyEnvironment of(Map<String, String> environment) throws FetchException {
    // A web server hands a request's header "Proxy" to its CGI programs as HTTP_PROXY.
    boolean cgi = environment.containsKey("REQUEST_METHOD");
    return new ProxyEnvironment(
        proxy(environment, "http_proxy", !cgi),
        proxy(environment, "https_proxy", true),
        NoProxy.of(value(environment, "no_proxy", true).orElse("")));
  }

  private static Optional<String> value(
      Map<String, String> environment, String name, boolean capitals) {
    String value = environment.get(name);
    if (value == null && capitals) {
      value = environment.get(name.toUpperCase(Locale.ROOT));
    }
    return Optional.ofNullable(value).map(String::strip);
  }

  private static Optional<HttpProxy> proxy(
      Map<String, String> environment, String name, boolean capitals) throws FetchException {
    Optional<String> own = value(environment, name, capitals);
    Optional<String> text = own.isPresent() ? own : value(environment, "all_proxy", true);
    if (text.isEmpty() || text.get().isEmpty()) {
      return Optional.empty();
    }
    try {
      URI uri = URI.create(text.get().contains("://") ? text.get() : "http://" + text.get());
      if ("http".equalsIgnoreCase(uri.getScheme()) && uri.getHost() != null) {
        int port = uri.getPort() < 0 ? DEFAULT_PORT : uri.getPort();
        return Optional.of(
            new HttpProxy(
                InetSocketAddress.createUnresolved(uri.getHost(), port),
                Optional.ofNullable(uri.getRawUserInfo()).map(ProxyEnvironment::login)));
      }
    } catch (IllegalArgumentException e) {
      throw unusable(name, e);
    }
    throw unusable(name, null);
  }

  /** Without the value, which may hold a password. */
  private static FetchException unusable(String name, Throwable cause) {
    return new FetchException(
        Reason.UNREACHABLE,
        new Problem(
            "an HTTP proxy: http://HOST:PORT",
            "an address of another form or kind",
            "the environment variable " + name + " (or in capitals, or all_proxy)",
            "correct it, or unset it to connect directly"),
        cause);
  }

  private static PasswordAuthentication login(String userInfo) {
    int colon = userInfo.indexOf(':');
    String user = colon < 0 ? userInfo : userInfo.substring(0, colon);
    String password = colon < 0 ? "" : userInfo.substring(colon + 1);
    return new PasswordAuthentication(decoded(user), decoded(password).toCharArray());
  }

  /** Percent signs only: a plus stays one. */
  private static String decoded(String text) {
    return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  private Optional<HttpProxy> proxyFor(URI uri) {
    return Addresses.secure(uri) ? forHttps : forHttp;
  }

  /** For the JDK's client. */
  ProxySelector selector() {
    return new ProxySelector() {
      @Override
      public List<Proxy> select(URI uri) {
        Optional<HttpProxy> proxy = proxyFor(uri);
        if (proxy.isPresent()) {
          return List.of(
              exceptions.covers(uri.getHost(), uri.getPort())
                  ? Proxy.NO_PROXY
                  : new Proxy(Proxy.Type.HTTP, proxy.get().address()));
        }
        ProxySelector jvm = ProxySelector.getDefault();
        return jvm == null ? List.of(Proxy.NO_PROXY) : jvm.select(uri);
      }

      @Override
      public void connectFailed(URI uri, SocketAddress address, IOException failure) {
        // The attempt fails and says so.
      }
    };
  }

  /** Answers a proxy that asks who is there; nobody else. */
  Optional<Authenticator> authenticator() {
    if (forHttp.flatMap(HttpProxy::login).isEmpty()
        && forHttps.flatMap(HttpProxy::login).isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new Authenticator() {
          @Override
          protected PasswordAuthentication getPasswordAuthentication() {
            return getRequestorType() == RequestorType.PROXY
                ? loginAt(getRequestingHost(), getRequestingPort())
                : null;
          }
        });
  }

  private PasswordAuthentication loginAt(String host, int port) {
    for (Optional<HttpProxy> proxy : List.of(forHttps, forHttp)) {
      if (proxy.isPresent()
          && proxy.get().address().getHostString().equalsIgnoreCase(host)
          && proxy.get().address().getPort() == port) {
        return proxy.get().login().orElse(null);
      }
    }
    return null;
  }
}
