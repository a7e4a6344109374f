package io.github.tfbit.serving;

import com.google.common.io.Resources;
import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServerBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * The page to try pictures on. It asks the server that it came from, and nobody else.
 *
 * @param card of the model
 */
record Page(Card card) {
  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self';"
          + " img-src 'self' blob: data:; base-uri 'none'; form-action 'none'";

  void addTo(ServerBuilder server) {
    server.service("/", of(MediaType.HTML_UTF_8, resource("page.html")));
    server.service("/page.css", of(MediaType.CSS_UTF_8, resource("page.css")));
    server.service("/page.js", of(MediaType.JAVASCRIPT_UTF_8, resource("page.js")));
    server.service("/card.json", of(MediaType.JSON, card.json()));
    server.service("/favicon.ico", (ctx, req) -> HttpResponse.of(HttpStatus.NO_CONTENT));
  }

  private static HttpService of(MediaType type, String text) {
    ResponseHeaders headers =
        ResponseHeaders.builder(HttpStatus.OK)
            .contentType(type)
            .add(HttpHeaderNames.CACHE_CONTROL, "no-cache")
            .add(HttpHeaderNames.CONTENT_SECURITY_POLICY, POLICY)
            .add(HttpHeaderNames.X_CONTENT_TYPE_OPTIONS, "nosniff")
            .build();
    return (ctx, req) -> HttpResponse.of(headers, HttpData.ofUtf8(text));
  }

  private static String resource(String name) {
    try {
      return Resources.toString(Resources.getResource(Page.class, name), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // it lies in this jar
    }
  }
}
