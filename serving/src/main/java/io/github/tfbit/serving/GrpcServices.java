package io.github.tfbit.serving;

import com.linecorp.armeria.server.ServiceRequestContext;
import io.github.tfbit.serving.wire.ClassificationRequest;
import io.github.tfbit.serving.wire.ClassificationResponse;
import io.github.tfbit.serving.wire.Message;
import io.github.tfbit.serving.wire.MetadataResponse;
import io.github.tfbit.serving.wire.PredictRequest;
import io.github.tfbit.serving.wire.PredictResponse;
import io.github.tfbit.serving.wire.SpecRequest;
import io.github.tfbit.serving.wire.StatusResponse;
import io.grpc.Context;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.tensorflow.proto.TensorProto;

/**
 * TensorFlow Serving's two gRPC services (prediction_service.proto, model_service.proto). Methods
 * that no BiT model can answer say UNIMPLEMENTED.
 *
 * @param predictor answers
 * @param served which model
 */
record GrpcServices(Predictor predictor, Served served) {
  private static final String PREDICTION = "tensorflow.serving.PredictionService";
  private static final String MODEL = "tensorflow.serving.ModelService";

  /** Answers one request, now or later. */
  private interface Handler<Q> {
    CompletableFuture<? extends Message> answer(Q request);
  }

  ServerServiceDefinition prediction() {
    return ServerServiceDefinition.builder(PREDICTION)
        .addMethod(method(PREDICTION, "Predict", PredictRequest::read), calls(this::predict))
        .addMethod(
            method(PREDICTION, "Classify", ClassificationRequest::read), calls(this::classify))
        .addMethod(method(PREDICTION, "GetModelMetadata", SpecRequest::read), calls(this::metadata))
        .addMethod(method(PREDICTION, "Regress", SpecRequest::read), calls(this::unimplemented))
        .addMethod(
            method(PREDICTION, "MultiInference", SpecRequest::read), calls(this::unimplemented))
        .build();
  }

  ServerServiceDefinition model() {
    return ServerServiceDefinition.builder(MODEL)
        .addMethod(method(MODEL, "GetModelStatus", SpecRequest::read), calls(this::status))
        .addMethod(
            method(MODEL, "HandleReloadConfigRequest", SpecRequest::read),
            calls(this::unimplemented))
        .build();
  }

  private static <Q> MethodDescriptor<Q, Message> method(
      String service, String name, Marshalling.Reader<Q> reader) {
    return MethodDescriptor.<Q, Message>newBuilder()
        .setType(MethodType.UNARY)
        .setFullMethodName(MethodDescriptor.generateFullMethodName(service, name))
        .setRequestMarshaller(new Marshalling.Requests<>(reader))
        .setResponseMarshaller(new Marshalling.Responses())
        .build();
  }

  private static <Q> io.grpc.ServerCallHandler<Q, Message> calls(Handler<Q> handler) {
    return ServerCalls.asyncUnaryCall((request, observer) -> call(handler, request, observer));
  }

  private static <Q> void call(Handler<Q> handler, Q request, StreamObserver<Message> observer) {
    CompletableFuture<? extends Message> answer;
    ServiceRequestContext.current().clearRequestTimeout(); // all of it has come
    try {
      answer = handler.answer(request);
    } catch (ServingException e) {
      observer.onError(e.status().asRuntimeException());
      return;
    }
    Context.current().addListener(c -> answer.cancel(false), Runnable::run);
    Futures.after(
        answer,
        (message, e) -> {
          if (e == null) {
            observer.onNext(message);
            observer.onCompleted();
          } else {
            observer.onError(status(e).asRuntimeException());
          }
        });
  }

  private static Status status(Throwable e) {
    Throwable cause = e instanceof CompletionException ? e.getCause() : e;
    return cause instanceof ServingException s
        ? s.status()
        : Status.INTERNAL.withDescription(String.valueOf(cause.getMessage()));
  }

  private CompletableFuture<Message> predict(PredictRequest request) {
    served.require(request.spec());
    Map<String, Value> inputs = new LinkedHashMap<>();
    request.inputs().forEach((alias, t) -> inputs.put(alias, TensorProtos.read(alias, t)));
    String signature = request.spec().signature();
    return predictor
        .predict(signature, inputs, request.outputFilter())
        .thenApply(
            outputs -> {
              Map<String, TensorProto> protos = new LinkedHashMap<>();
              outputs.forEach((alias, value) -> protos.put(alias, TensorProtos.write(value)));
              return new PredictResponse(served.answering(Contract.orDefault(signature)), protos);
            });
  }

  private CompletableFuture<Message> classify(ClassificationRequest request) {
    served.require(request.spec());
    String key = request.spec().signature();
    return Classifying.classify(predictor, key, request.examples())
        .thenApply(
            results ->
                new ClassificationResponse(served.answering(Contract.orDefault(key)), results));
  }

  private CompletableFuture<Message> metadata(SpecRequest request) {
    served.require(request.spec());
    if (!request.fields().equals(List.of("signature_def"))) {
      throw ServingException.invalid(
          request.fields().isEmpty()
              ? "GetModelMetadataRequest must specify at least one metadata_field"
              : "Metadata field " + request.fields() + " is not supported");
    }
    return CompletableFuture.completedFuture(
        new MetadataResponse(served.answering(""), predictor.signatures()));
  }

  private CompletableFuture<Message> status(SpecRequest request) {
    served.require(request.spec());
    return CompletableFuture.completedFuture(new StatusResponse(served.version()));
  }

  private CompletableFuture<Message> unimplemented(SpecRequest request) {
    throw new ServingException(
        Status.Code.UNIMPLEMENTED, "this model has no signature for this method");
  }
}
