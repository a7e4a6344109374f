package io.github.tfbit.serving;

import com.linecorp.armeria.common.HttpStatus;
import io.grpc.Status;

/** Why a request gets no answer, with the status that TensorFlow Serving gives. */
final class ServingException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** Messages quote what clients send; more of it than this helps nobody. */
  private static final int LONGEST = 500;

  private final Status.Code code;

  ServingException(Status.Code code, String message) {
    super(message.length() <= LONGEST ? message : message.substring(0, LONGEST) + "…");
    this.code = code;
  }

  /** A request that can never be answered as it is. */
  static ServingException invalid(String message) {
    return new ServingException(Status.Code.INVALID_ARGUMENT, message);
  }

  Status.Code code() {
    return code;
  }

  /** For gRPC clients. */
  Status status() {
    return code.toStatus().withDescription(getMessage());
  }

  /**
   * For REST clients: TensorFlow Serving's table (tensorflow_serving/model_servers/http_server.cc).
   */
  HttpStatus httpStatus() {
    return switch (code) {
      case OK -> HttpStatus.OK;
      case INVALID_ARGUMENT, OUT_OF_RANGE -> HttpStatus.BAD_REQUEST;
      case NOT_FOUND -> HttpStatus.NOT_FOUND;
      case FAILED_PRECONDITION -> HttpStatus.PRECONDITION_FAILED;
      case RESOURCE_EXHAUSTED -> HttpStatus.TOO_MANY_REQUESTS;
      case UNIMPLEMENTED -> HttpStatus.NOT_IMPLEMENTED;
      case UNAVAILABLE -> HttpStatus.SERVICE_UNAVAILABLE;
      case DEADLINE_EXCEEDED -> HttpStatus.GATEWAY_TIMEOUT;
      case PERMISSION_DENIED -> HttpStatus.FORBIDDEN;
      case UNAUTHENTICATED -> HttpStatus.UNAUTHORIZED;
      case ALREADY_EXISTS, ABORTED -> HttpStatus.CONFLICT;
      case CANCELLED -> HttpStatus.valueOf(499);
      case UNKNOWN, INTERNAL, DATA_LOSS -> HttpStatus.INTERNAL_SERVER_ERROR;
    };
  }
}
