package io.github.tfbit.serving;

import com.linecorp.armeria.common.AggregatedHttpRequest;
import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServiceRequestContext;
import io.grpc.Status;
import java.io.IOException;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * TensorFlow Serving's REST interface (tensorflow_serving/model_servers/http_rest_api_handler.cc):
 * the addresses below {@code /v1/models/}.
 */
final class RestService implements HttpService {
  private static final Pattern ADDRESS =
      Pattern.compile(
          "/v1/models/([^/:]+)(?:/versions/([0-9]{1,18})|/labels/([^/:]+))?"
              + "(?::(predict|classify|regress)|(/metadata))?");

  private final Predictor predictor;
  private final Served served;

  RestService(Predictor predictor, Served served) {
    this.predictor = predictor;
    this.served = served;
  }

  @Override
  public HttpResponse serve(ServiceRequestContext ctx, HttpRequest req) {
    CompletableFuture<HttpResponse> response =
        req.aggregate()
            .thenComposeAsync(
                body -> {
                  ctx.clearRequestTimeout();
                  return answer(ctx, body).thenApply(RestService::ok);
                },
                ctx.blockingTaskExecutor())
            .exceptionally(e -> failed(ctx, e));
    return HttpResponse.of(response);
  }

  private CompletableFuture<String> answer(ServiceRequestContext ctx, AggregatedHttpRequest req) {
    Matcher address = ADDRESS.matcher(ctx.decodedPath());
    String verb = address.matches() ? address.group(4) : null;
    boolean get = req.method() == HttpMethod.GET;
    if (!address.matches() || get == (verb != null) || !(get || req.method() == HttpMethod.POST)) {
      throw ServingException.invalid(
          "Malformed request: " + req.method() + " " + ctx.decodedPath());
    }
    OptionalLong version =
        address.group(2) == null
            ? OptionalLong.empty()
            : OptionalLong.of(Long.parseLong(address.group(2)));
    served.require(address.group(1), version, Optional.ofNullable(address.group(3)));
    try {
      if (get) {
        return CompletableFuture.completedFuture(
            address.group(5) == null
                ? JsonAnswer.status(served)
                : JsonAnswer.metadata(served, predictor.signatures()));
      }
      return switch (verb) {
        case "predict" -> predict(ctx, req);
        case "classify" -> classify(req);
        default ->
            throw new ServingException(
                Status.Code.UNIMPLEMENTED, "this model has no signature for regress");
      };
    } catch (IOException e) {
      throw ServingException.invalid("JSON Parse error: " + e.getMessage());
    }
  }

  private CompletableFuture<String> predict(ServiceRequestContext ctx, AggregatedHttpRequest req)
      throws IOException {
    JsonRequest request = JsonRequest.read(req.content().toInputStream());
    var signature = predictor.signatures().get(Contract.orDefault(request.signature()));
    if (signature == null) {
      throw ServingException.invalid(
          "Serving signature name: \""
              + Contract.orDefault(request.signature())
              + "\" not found in signature def");
    }
    var outputs =
        predictor.predict(request.signature(), request.values(signature), java.util.List.of());
    Futures.after(ctx.whenRequestCancelling(), (cause, e) -> outputs.cancel(false));
    return outputs.thenApply(
        o -> request.byRows() ? JsonAnswer.predictions(o) : JsonAnswer.outputs(o));
  }

  private CompletableFuture<String> classify(AggregatedHttpRequest req) throws IOException {
    JsonExamples request = JsonExamples.read(req.content().toInputStream());
    return Classifying.classify(predictor, request.signature(), request.examples())
        .thenApply(JsonAnswer::classifications);
  }

  private static HttpResponse ok(String body) {
    return HttpResponse.of(HttpStatus.OK, MediaType.JSON, body);
  }

  private static HttpResponse failed(ServiceRequestContext ctx, Throwable e) {
    Throwable cause = e instanceof CompletionException && e.getCause() != null ? e.getCause() : e;
    if (cause instanceof ServingException s) {
      return HttpResponse.of(s.httpStatus(), MediaType.JSON, JsonAnswer.error(s.getMessage()));
    }
    if (cause instanceof com.linecorp.armeria.common.ContentTooLargeException) {
      return HttpResponse.of(
          HttpStatus.REQUEST_ENTITY_TOO_LARGE,
          MediaType.JSON,
          JsonAnswer.error(JsonErrors.tooLarge(ctx.maxRequestLength())));
    }
    return HttpResponse.of(
        HttpStatus.INTERNAL_SERVER_ERROR,
        MediaType.JSON,
        JsonAnswer.error(String.valueOf(cause.getMessage())));
  }
}
