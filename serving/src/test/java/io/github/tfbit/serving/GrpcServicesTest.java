package io.github.tfbit.serving;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import com.google.protobuf.Int64Value;
import io.github.tfbit.Prediction;
import io.github.tfbit.data.ImageSource;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.tensorflow.example.BytesList;
import org.tensorflow.example.Example;
import org.tensorflow.example.Feature;
import org.tensorflow.example.Features;
import org.tensorflow.framework.DataType;
import org.tensorflow.framework.TensorProto;
import org.tensorflow.framework.TensorShapeProto;
import org.tensorflow.framework.TensorShapeProto.Dim;
import tensorflow.serving.Classification.Class;
import tensorflow.serving.Classification.ClassificationRequest;
import tensorflow.serving.GetModelMetadata.GetModelMetadataRequest;
import tensorflow.serving.GetModelMetadata.GetModelMetadataResponse;
import tensorflow.serving.GetModelMetadata.SignatureDefMap;
import tensorflow.serving.GetModelStatus.GetModelStatusRequest;
import tensorflow.serving.GetModelStatus.ModelVersionStatus;
import tensorflow.serving.InputOuterClass.ExampleList;
import tensorflow.serving.InputOuterClass.Input;
import tensorflow.serving.Model.ModelSpec;
import tensorflow.serving.ModelServiceGrpc;
import tensorflow.serving.Predict.PredictRequest;
import tensorflow.serving.Predict.PredictResponse;
import tensorflow.serving.PredictionServiceGrpc;
import tensorflow.serving.RegressionOuterClass.RegressionRequest;

/** With stubs that others generated from TensorFlow Serving's own files. */
class GrpcServicesTest {
  private static final byte[] ONE = Fixture.picture(1, "png");
  private static final byte[] TWO = Fixture.picture(2, "jpg");

  private static Fixture fixture;
  private static ManagedChannel channel;
  private static PredictionServiceGrpc.PredictionServiceBlockingStub prediction;

  @BeforeAll
  static void start() throws IOException {
    fixture = new Fixture(Limits.DEFAULT);
    channel =
        NettyChannelBuilder.forAddress("127.0.0.1", fixture.server.grpcPort())
            .usePlaintext()
            .maxInboundMessageSize(64 << 20)
            .build();
    prediction = PredictionServiceGrpc.newBlockingStub(channel);
  }

  @AfterAll
  static void stop() throws InterruptedException {
    channel.shutdownNow().awaitTermination(10, TimeUnit.SECONDS);
    fixture.close();
  }

  private static ModelSpec.Builder spec(String signature) {
    return ModelSpec.newBuilder().setName("tiny").setSignatureName(signature);
  }

  private static TensorProto strings(byte[]... values) {
    TensorProto.Builder tensor = TensorProto.newBuilder().setDtype(DataType.DT_STRING);
    tensor.setTensorShape(shape(values.length));
    for (byte[] value : values) {
      tensor.addStringVal(ByteString.copyFrom(value));
    }
    return tensor.build();
  }

  private static TensorShapeProto.Builder shape(long... sizes) {
    TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
    for (long size : sizes) {
      shape.addDim(Dim.newBuilder().setSize(size));
    }
    return shape;
  }

  private static PredictRequest.Builder request(byte[]... pictures) {
    return PredictRequest.newBuilder()
        .setModelSpec(spec("serving_default"))
        .putInputs("image_bytes", strings(pictures));
  }

  private static void failed(Status.Code code, String text, Executable call) {
    StatusRuntimeException e = assertThrows(StatusRuntimeException.class, call);
    assertEquals(code, e.getStatus().getCode(), e.getMessage());
    assertTrue(String.valueOf(e.getStatus().getDescription()).contains(text), e.getMessage());
    assertEquals(2, prediction.predict(request(ONE).build()).getOutputsCount());
  }

  private static Prediction.Ranked expected(byte[] picture) throws IOException {
    return fixture.model.classify(ImageSource.of(picture));
  }

  @Test
  void predicts() throws IOException {
    PredictResponse answer = prediction.predict(request(ONE, TWO).build());
    assertEquals(4, answer.getModelSpec().getVersion().getValue());
    assertEquals("serving_default", answer.getModelSpec().getSignatureName());
    TensorProto classes = answer.getOutputsOrThrow("classes");
    TensorProto scores = answer.getOutputsOrThrow("scores");
    assertEquals(shape(2, 3).build(), classes.getTensorShape());
    assertEquals(DataType.DT_FLOAT, scores.getDtype());
    for (int row = 0; row < 2; row++) {
      List<Prediction.Score> top = expected(row == 0 ? ONE : TWO).top();
      for (int i = 0; i < 3; i++) {
        assertEquals(top.get(i).label(), classes.getStringVal(3 * row + i).toStringUtf8());
        assertEquals(top.get(i).probability(), scores.getFloatVal(3 * row + i), 1e-5);
      }
    }
  }

  @Test
  void answersOnlyWhatTheFilterWants() {
    PredictResponse answer = prediction.predict(request(ONE).addOutputFilter("scores").build());
    assertEquals(List.of("scores"), List.copyOf(answer.getOutputsMap().keySet()));
    failed(
        Status.Code.INVALID_ARGUMENT,
        "output tensor alias not found in signature: logits",
        () -> prediction.predict(request(ONE).addOutputFilter("logits").build()));
  }

  @Test
  void takesFloatsAsFieldsOrAsBytes() {
    TensorProto.Builder fields =
        TensorProto.newBuilder().setDtype(DataType.DT_FLOAT).setTensorShape(shape(1, 8, 8, 3));
    java.nio.ByteBuffer content =
        java.nio.ByteBuffer.allocate(8 * 8 * 3 * 4).order(java.nio.ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < 8 * 8 * 3; i++) {
      fields.addFloatVal(i / 200f - 0.5f);
      content.putFloat(i / 200f - 0.5f);
    }
    TensorProto bytes =
        TensorProto.newBuilder()
            .setDtype(DataType.DT_FLOAT)
            .setTensorShape(shape(1, 8, 8, 3))
            .setTensorContent(ByteString.copyFrom(content.flip()))
            .build();
    PredictRequest.Builder request = PredictRequest.newBuilder().setModelSpec(spec("images"));
    PredictResponse one = prediction.predict(request.putInputs("images", fields.build()).build());
    PredictResponse two = prediction.predict(request.putInputs("images", bytes).build());
    assertEquals(one.getOutputsOrThrow("logits"), two.getOutputsOrThrow("logits"));
    assertEquals(shape(1, 7).build(), one.getOutputsOrThrow("logits").getTensorShape());
    assertEquals(2048 / 64 * 8, one.getOutputsOrThrow("features").getFloatValCount());
  }

  @Test
  void classifies() throws IOException {
    ExampleList.Builder examples = ExampleList.newBuilder();
    for (byte[] picture : new byte[][] {ONE, TWO}) {
      BytesList bytes = BytesList.newBuilder().addValue(ByteString.copyFrom(picture)).build();
      Feature feature = Feature.newBuilder().setBytesList(bytes).build();
      examples.addExamples(
          Example.newBuilder()
              .setFeatures(Features.newBuilder().putFeature("image/encoded", feature)));
    }
    ClassificationRequest.Builder request =
        ClassificationRequest.newBuilder()
            .setModelSpec(spec("classify"))
            .setInput(Input.newBuilder().setExampleList(examples));
    List<Class> best =
        prediction.classify(request.build()).getResult().getClassifications(1).getClassesList();
    assertEquals(expected(TWO).best().label(), best.get(0).getLabel());
    assertEquals(expected(TWO).best().probability(), best.get(0).getScore(), 1e-5);
    failed(
        Status.Code.INVALID_ARGUMENT,
        "No classification inputs",
        () -> prediction.classify(request.setModelSpec(spec("")).build()));
    failed(
        Status.Code.INVALID_ARGUMENT,
        "Input is empty",
        () -> prediction.classify(request.clearInput().setModelSpec(spec("classify")).build()));
  }

  @Test
  void describesTheModel() throws IOException {
    GetModelMetadataResponse answer =
        prediction.getModelMetadata(
            GetModelMetadataRequest.newBuilder()
                .setModelSpec(spec(""))
                .addMetadataField("signature_def")
                .build());
    SignatureDefMap signatures =
        answer.getMetadataOrThrow("signature_def").unpack(SignatureDefMap.class);
    assertEquals(5, signatures.getSignatureDefCount());
    assertEquals(
        DataType.DT_STRING,
        signatures
            .getSignatureDefOrThrow("serving_default")
            .getInputsOrThrow("image_bytes")
            .getDtype());
    failed(
        Status.Code.INVALID_ARGUMENT,
        "at least one metadata_field",
        () ->
            prediction.getModelMetadata(
                GetModelMetadataRequest.newBuilder().setModelSpec(spec("")).build()));
    ModelVersionStatus status =
        ModelServiceGrpc.newBlockingStub(channel)
            .getModelStatus(GetModelStatusRequest.newBuilder().setModelSpec(spec("")).build())
            .getModelVersionStatus(0);
    assertEquals(4, status.getVersion());
    assertEquals(ModelVersionStatus.State.AVAILABLE, status.getState());
  }

  @Test
  void refusesWhatItDoesNotServe() {
    failed(
        Status.Code.NOT_FOUND,
        "Latest(other)",
        () -> prediction.predict(request(ONE).setModelSpec(spec("").setName("other")).build()));
    failed(
        Status.Code.INVALID_ARGUMENT,
        "Missing ModelSpec",
        () -> prediction.predict(request(ONE).clearModelSpec().build()));
    failed(
        Status.Code.NOT_FOUND,
        "Specific(tiny, 9)",
        () ->
            prediction.predict(
                request(ONE).setModelSpec(spec("").setVersion(Int64Value.of(9))).build()));
    failed(
        Status.Code.FAILED_PRECONDITION,
        "Serving signature key \"guess\" not found.",
        () -> prediction.predict(request(ONE).setModelSpec(spec("guess")).build()));
    failed(
        Status.Code.UNIMPLEMENTED,
        "no signature",
        () -> prediction.regress(RegressionRequest.newBuilder().setModelSpec(spec("")).build()));
  }

  @Test
  void refusesTensorsThatDoNotFit() {
    failed(
        Status.Code.INVALID_ARGUMENT,
        "Sent extra: {image}. Missing but required: {image_bytes}",
        () ->
            prediction.predict(
                request(ONE).clearInputs().putInputs("image", strings(ONE)).build()));
    failed(
        Status.Code.INVALID_ARGUMENT,
        "not to be empty",
        () -> prediction.predict(request().build()));
    TensorProto floats =
        TensorProto.newBuilder()
            .setDtype(DataType.DT_FLOAT)
            .setTensorShape(shape(1))
            .addFloatVal(1)
            .build();
    failed(
        Status.Code.INVALID_ARGUMENT,
        "to be string but float is provided",
        () -> prediction.predict(request().putInputs("image_bytes", floats).build()));
    TensorProto doubles =
        TensorProto.newBuilder().setDtype(DataType.DT_DOUBLE).setTensorShape(shape(1)).build();
    failed(
        Status.Code.INVALID_ARGUMENT,
        "but double is provided",
        () -> prediction.predict(request().putInputs("image_bytes", doubles).build()));
    TensorProto unheard = floats.toBuilder().setDtypeValue(999).build();
    failed(
        Status.Code.INVALID_ARGUMENT,
        "to be string but an unknown type is provided",
        () -> prediction.predict(request().putInputs("image_bytes", unheard).build()));
    TensorProto none =
        floats.toBuilder()
            .setTensorShape(shape(1, 1, 1, 3))
            .addFloatVal(Float.NaN)
            .addFloatVal(0)
            .build();
    failed(
        Status.Code.INVALID_ARGUMENT,
        "found NaN in row 0",
        () ->
            prediction.predict(
                PredictRequest.newBuilder()
                    .setModelSpec(spec("images"))
                    .putInputs("images", none)
                    .build()));
    TensorProto square = strings(ONE).toBuilder().setTensorShape(shape(1, 1)).build();
    failed(
        Status.Code.INVALID_ARGUMENT,
        "of shape [-1] but found [1, 1]",
        () -> prediction.predict(request().putInputs("image_bytes", square).build()));
    TensorProto promised =
        floats.toBuilder().setTensorShape(shape(1, 20_000, 20_000, 3)).clearFloatVal().build();
    failed(
        Status.Code.INVALID_ARGUMENT,
        "has 0 elements",
        () ->
            prediction.predict(
                PredictRequest.newBuilder()
                    .setModelSpec(spec("images"))
                    .putInputs("images", promised)
                    .build()));
  }

  /** 25 bytes must not become gigabytes. */
  @Test
  void doesNotRepeatOneValueIntoALargeTensor() {
    TensorProto small =
        TensorProto.newBuilder()
            .setDtype(DataType.DT_FLOAT)
            .setTensorShape(shape(1, 8000, 8000, 3))
            .addFloatVal(0.5f)
            .build();
    failed(
        Status.Code.INVALID_ARGUMENT,
        "has 1 elements, its shape 192000000",
        () ->
            prediction.predict(
                PredictRequest.newBuilder()
                    .setModelSpec(spec("images"))
                    .putInputs("images", small)
                    .build()));
  }

  @Test
  void refusesBadPicturesAlone() {
    failed(
        Status.Code.INVALID_ARGUMENT,
        "row 1",
        () -> prediction.predict(request(ONE, new byte[] {5, 6, 7}, TWO).build()));
  }

  @Test
  void refusesLongMessages() {
    failed(
        Status.Code.RESOURCE_EXHAUSTED,
        "",
        () -> prediction.predict(request(new byte[65 << 20]).build()));
  }
}
