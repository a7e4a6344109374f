package io.github.tfbit.serving;

import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.server.DecoratingHttpServiceFunction;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServiceRequestContext;
import io.grpc.Status;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Refuses requests beyond a number in hand before their bodies are read: what is not read takes no
 * memory.
 */
final class Admission implements DecoratingHttpServiceFunction {
  /** What a request counts whose length is not said: most hold one picture. */
  private static final long USUAL = 1L << 20;

  /** A packed body may become that many times longer, or {@link #USUAL}. */
  private static final long DENSEST = 64;

  private final int most;
  private final long mostBytes;
  private final Metrics metrics;
  private final AtomicInteger inHand = new AtomicInteger();
  private final AtomicLong bytes = new AtomicLong();

  /**
   * Starts with none in hand.
   *
   * @param most requests at a time
   * @param mostBytes of their bodies together; a single one may have more
   * @param metrics told what happens
   */
  Admission(int most, long mostBytes, Metrics metrics) {
    this.most = most;
    this.mostBytes = mostBytes;
    this.metrics = metrics;
  }

  @Override
  public HttpResponse serve(HttpService delegate, ServiceRequestContext ctx, HttpRequest req)
      throws Exception {
    MediaType type = req.contentType();
    boolean grpc = type != null && type.subtype().startsWith("grpc");
    long length = Math.max(USUAL, req.headers().contentLength());
    if (req.headers().contains(HttpHeaderNames.CONTENT_ENCODING)) {
      length = Math.max(USUAL, DENSEST * req.headers().contentLength());
      ctx.setMaxRequestLength(Math.min(ctx.maxRequestLength(), length));
    }
    long counted = length;
    long together = bytes.addAndGet(counted);
    int requests = inHand.incrementAndGet();
    if (requests > most || (requests > 1 && together > mostBytes)) {
      inHand.decrementAndGet();
      bytes.addAndGet(-counted);
      metrics.refused();
      String message =
          requests > most
              ? most + " requests are in hand; try again later"
              : "requests in hand have " + mostBytes + " bytes already; try again later";
      return grpc ? grpc(message) : rest(message);
    }
    Futures.after(
        ctx.log().whenComplete(),
        (log, e) -> {
          inHand.decrementAndGet();
          bytes.addAndGet(-counted);
        });
    return delegate.serve(ctx, req);
  }

  private static HttpResponse rest(String message) {
    return HttpResponse.of(HttpStatus.TOO_MANY_REQUESTS, MediaType.JSON, JsonAnswer.error(message));
  }

  /** Trailers alone (gRPC over HTTP2, Responses). */
  private static HttpResponse grpc(String message) {
    return HttpResponse.of(
        ResponseHeaders.builder(HttpStatus.OK)
            .add(HttpHeaderNames.CONTENT_TYPE, "application/grpc")
            .addInt("grpc-status", Status.Code.RESOURCE_EXHAUSTED.value())
            .add("grpc-message", message)
            .build());
  }
}
