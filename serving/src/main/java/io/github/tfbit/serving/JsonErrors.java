package io.github.tfbit.serving;

import com.linecorp.armeria.common.AggregatedHttpResponse;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.RequestHeaders;
import com.linecorp.armeria.common.annotation.Nullable;
import com.linecorp.armeria.server.ServerErrorHandler;
import com.linecorp.armeria.server.ServiceConfig;
import com.linecorp.armeria.server.ServiceRequestContext;

/** Errors that no service answers, in the form that REST clients know. */
final class JsonErrors implements ServerErrorHandler {
  private final long most;

  JsonErrors(long most) {
    this.most = most;
  }

  @Nullable @Override
  public HttpResponse onServiceException(ServiceRequestContext ctx, Throwable cause) {
    return null; // as the default has it
  }

  @Override
  public AggregatedHttpResponse renderStatus(
      @Nullable ServiceRequestContext ctx,
      ServiceConfig config,
      @Nullable RequestHeaders headers,
      HttpStatus status,
      @Nullable String description,
      @Nullable Throwable cause) {
    String message =
        status.equals(HttpStatus.REQUEST_ENTITY_TOO_LARGE)
            ? tooLarge(most)
            : status.equals(HttpStatus.NOT_FOUND)
                ? "nothing is served here; the model is at /v1/models/NAME"
                : description == null ? status.reasonPhrase() : description;
    return AggregatedHttpResponse.of(status, MediaType.JSON, JsonAnswer.error(message));
  }

  static String tooLarge(long most) {
    return "expected a request of at most " + most + " bytes, found a longer one";
  }
}
