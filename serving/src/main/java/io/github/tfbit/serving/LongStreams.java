package io.github.tfbit.serving;

import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServiceOptions;
import com.linecorp.armeria.server.ServiceRequestContext;
import com.linecorp.armeria.server.SimpleDecoratingHttpService;

/**
 * Leaves the length of a request to the service: gRPC counts messages, and has a status of its own
 * for those that are too long.
 */
final class LongStreams extends SimpleDecoratingHttpService {
  LongStreams(HttpService delegate) {
    super(delegate);
  }

  @Override
  public HttpResponse serve(ServiceRequestContext ctx, HttpRequest req) throws Exception {
    return unwrap().serve(ctx, req);
  }

  @Override
  public ServiceOptions options() {
    return ServiceOptions.builder().maxRequestLength(0).build();
  }
}
