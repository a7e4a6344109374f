package io.github.tfbit.serving;

import com.google.gson.JsonArray;
import com.google.gson.JsonParser;
import com.google.protobuf.ByteString;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.tensorflow.framework.DataType;
import org.tensorflow.framework.TensorProto;
import org.tensorflow.framework.TensorShapeProto;
import tensorflow.serving.Model.ModelSpec;
import tensorflow.serving.Predict.PredictRequest;
import tensorflow.serving.PredictionServiceGrpc;

/** Two clients of a server whose model is called {@code model}. Safe from any thread. */
final class Clients implements AutoCloseable {
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final URI predict;
  private final ManagedChannel channel;
  private final PredictionServiceGrpc.PredictionServiceBlockingStub stub;

  Clients(ModelServer server) {
    predict = URI.create("http://127.0.0.1:" + server.restPort() + "/v1/models/model:predict");
    channel = NettyChannelBuilder.forAddress("127.0.0.1", server.grpcPort()).usePlaintext().build();
    stub = PredictionServiceGrpc.newBlockingStub(channel);
  }

  /** What was answered. */
  enum Outcome {
    ANSWERED,
    REFUSED,
    INVALID
  }

  /** Scores of one picture; none if it was called bad. */
  float[] rest(byte[] picture) throws IOException, InterruptedException {
    HttpResponse<String> answer = send(picture);
    if (answer.statusCode() == 400) {
      return new float[0];
    }
    if (answer.statusCode() != 200) {
      throw new IOException(answer.body());
    }
    JsonArray scores =
        JsonParser.parseString(answer.body())
            .getAsJsonObject()
            .getAsJsonArray("predictions")
            .get(0)
            .getAsJsonObject()
            .getAsJsonArray("scores");
    float[] values = new float[scores.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = scores.get(i).getAsFloat();
    }
    return values;
  }

  private HttpResponse<String> send(byte[] picture) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(predict)
            .POST(BodyPublishers.ofString(Fixture.instances(picture)))
            .build();
    return http.send(request, BodyHandlers.ofString());
  }

  /** How a request for one picture ends. */
  Outcome outcome(byte[] picture) throws IOException, InterruptedException {
    return switch (send(picture).statusCode()) {
      case 200 -> Outcome.ANSWERED;
      case 429 -> Outcome.REFUSED;
      default -> Outcome.INVALID;
    };
  }

  /** Scores of one picture; none if it was called bad. */
  float[] grpc(byte[] picture) {
    TensorProto tensor =
        TensorProto.newBuilder()
            .setDtype(DataType.DT_STRING)
            .setTensorShape(
                TensorShapeProto.newBuilder().addDim(TensorShapeProto.Dim.newBuilder().setSize(1)))
            .addStringVal(ByteString.copyFrom(picture))
            .build();
    PredictRequest request =
        PredictRequest.newBuilder()
            .setModelSpec(ModelSpec.newBuilder().setName("model"))
            .putInputs("image_bytes", tensor)
            .build();
    TensorProto scores;
    try {
      scores = stub.predict(request).getOutputsOrThrow("scores");
    } catch (StatusRuntimeException e) {
      if (e.getStatus().getCode() == Status.Code.INVALID_ARGUMENT) {
        return new float[0];
      }
      throw e;
    }
    float[] values = new float[scores.getFloatValCount()];
    for (int i = 0; i < values.length; i++) {
      values[i] = scores.getFloatVal(i);
    }
    return values;
  }

  @Override
  public void close() {
    channel.shutdownNow();
  }
}
