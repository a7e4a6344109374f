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

/**
 * Refuses requests beyond a number in hand before their bodies are read: what is not read takes no
 * memory.
 */
final class Admission implements DecoratingHttpServiceFunction {
  private final int most;
  private final Metrics metrics;
  private final AtomicInteger inHand = new AtomicInteger();

  Admission(int most, Metrics metrics) {
    this.most = most;
    this.metrics = metrics;
  }

  @Override
  public HttpResponse serve(HttpService delegate, ServiceRequestContext ctx, HttpRequest req)
      throws Exception {
    MediaType type = req.contentType();
    boolean grpc = type != null && type.subtype().startsWith("grpc");
    if (inHand.incrementAndGet() > most) {
      inHand.decrementAndGet();
      metrics.refused();
      String message = most + " requests are in hand; try again later";
      return grpc ? grpc(message) : rest(message);
    }
    Futures.after(ctx.log().whenComplete(), (log, e) -> inHand.decrementAndGet());
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
