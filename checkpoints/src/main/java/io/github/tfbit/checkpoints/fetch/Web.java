package io.github.tfbit.checkpoints.fetch;

import io.github.tfbit.checkpoints.Problem;
import io.github.tfbit.checkpoints.fetch.FetchException.Reason;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;

/** Asks servers over HTTP, through the environment's proxies, following redirects with care. */
final class Web {
  private static final int MOST_REDIRECTS = 10;
  private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);

  private final HttpClient client;
  private final FetchSettings settings;

  Web(FetchSettings settings, ProxyEnvironment proxies) {
    this.settings = settings;
    HttpClient.Builder builder =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(settings.connectTimeout())
            .proxy(proxies.selector());
    proxies.authenticator().ifPresent(builder::authenticator);
    this.client = builder.build();
  }

  /**
   * Asks for a file.
   *
   * @param address where
   * @param headers to send at every hop
   * @return the first answer that is not a redirect, to be closed
   * @throws FetchException if the redirects lead nowhere, or the connection cannot be trusted
   * @throws Setback.Again if no server answers in time
   */
  Answer get(URI address, Map<String, String> headers) throws IOException, InterruptedException {
    URI at = address;
    Set<URI> seen = new HashSet<>(Set.of(at));
    List<Hash> hashes = new ArrayList<>();
    for (int hop = 0; hop <= MOST_REDIRECTS; hop++) {
      HttpResponse<BodyQueue> response = send(at, headers);
      hashes.addAll(PublishedHashes.linked(response.headers()));
      if (!REDIRECTS.contains(response.statusCode())) {
        return new Answer(response, List.copyOf(hashes));
      }
      response.body().close();
      at = target(at, response);
      if (!seen.add(at)) {
        throw astray(at, "a redirect in a circle");
      }
    }
    throw astray(at, "more than " + MOST_REDIRECTS + " redirects");
  }

  private HttpResponse<BodyQueue> send(URI at, Map<String, String> headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(at)
            .header("User-Agent", "tfbit")
            // The bytes themselves: a length, a range or a checksum means nothing otherwise.
            .header("Accept-Encoding", "identity");
    headers.forEach(request::header);
    CompletableFuture<HttpResponse<BodyQueue>> answer =
        client.sendAsync(request.build(), head -> new BodyQueue());
    long patience = settings.connectTimeout().plus(settings.stallTimeout()).toNanos();
    try {
      return answer.get(patience, TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      answer.cancel(true);
      throw new Setback.Again(
          "no answer within " + Waits.text(settings.stallTimeout()), Optional.empty(), e);
    } catch (InterruptedException e) {
      answer.cancel(true);
      throw e;
    } catch (ExecutionException e) {
      throw failure(at, e.getCause());
    }
  }

  /** The JDK's exceptions say by their type what people would say in words, some nothing else. */
  private static String words(Throwable cause) {
    if (cause instanceof UnknownHostException
        || cause.getCause() instanceof UnresolvedAddressException) {
      return "no address is known for the host";
    }
    if (cause instanceof HttpTimeoutException) {
      return "no connection in time";
    }
    String said = cause.getMessage();
    if (cause instanceof ConnectException) {
      return said == null ? "refused, or nobody there" : said.toLowerCase(Locale.ROOT);
    }
    return said == null ? cause.getClass().getSimpleName() : said;
  }

  private static IOException failure(URI at, Throwable cause) {
    String message = words(cause);
    if (cause instanceof SSLException && !message.contains("terminated")) {
      return new FetchException(
          Reason.UNREACHABLE,
          new Problem(
              "a server whose certificate can be trusted",
              message,
              Addresses.shown(at),
              "check the clock; behind a proxy that opens TLS, give the JVM its certificate:"
                  + " TFBIT_JAVA_OPTS=-Djavax.net.ssl.trustStore=FILE"),
          cause);
    }
    return new Setback.Again("no connection (" + message + ")", Optional.empty(), cause);
  }

  /** Where a redirect leads, if it may be followed. */
  private static URI target(URI from, HttpResponse<?> response) throws FetchException {
    String location =
        response
            .headers()
            .firstValue("location")
            .orElseThrow(() -> astray(from, "a redirect without a target"));
    URI to;
    try {
      to = Addresses.withoutFragment(from.resolve(location.strip()));
    } catch (IllegalArgumentException e) {
      throw astray(from, "a redirect to '" + location + "', which is no address");
    }
    if (!Addresses.web(to)) {
      throw astray(from, "a redirect to " + Addresses.shown(to));
    }
    if (Addresses.secure(from) && !Addresses.secure(to)) {
      throw astray(from, "a redirect from https to " + Addresses.shown(to));
    }
    return to;
  }

  private static FetchException astray(URI at, String found) {
    return new FetchException(
        Reason.PROTOCOL,
        new Problem(
            "the file, or a redirect to it",
            found,
            Addresses.shown(at),
            "check the address; behind a proxy, its settings"),
        null);
  }
}
