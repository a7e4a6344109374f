package io.github.tfbit.checkpoints.fetch;

import java.io.Closeable;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a server answered.
 *
 * @param response the last hop's
 * @param linked checksums that earlier hops gave
 */
record Answer(HttpResponse<BodyQueue> response, List<Hash> linked) implements Closeable {
  int status() {
    return response.statusCode();
  }

  HttpHeaders headers() {
    return response.headers();
  }

  URI uri() {
    return response.uri();
  }

  BodyQueue body() {
    return response.body();
  }

  Optional<String> header(String name) {
    return headers().firstValue(name).map(String::strip);
  }

  /** {@code Content-Length}, empty if it is not there or no length. */
  OptionalLong length() {
    try {
      Optional<String> text = header("content-length");
      long length = text.isEmpty() ? -1 : Long.parseLong(text.get());
      return length < 0 ? OptionalLong.empty() : OptionalLong.of(length);
    } catch (NumberFormatException e) {
      return OptionalLong.empty();
    }
  }

  /** Whether the body says itself where it ends. */
  boolean chunked() {
    return header("transfer-encoding")
        .orElse("")
        .toLowerCase(java.util.Locale.ROOT)
        .contains("chunked");
  }

  @Override
  public void close() {
    body().close();
  }
}
