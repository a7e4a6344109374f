package io.github.tfbit.export;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.github.tfbit.checkpoints.CheckpointException;
import io.github.tfbit.checkpoints.Problem;
import io.github.tfbit.checkpoints.protos.ProtoReader;
import io.github.tfbit.checkpoints.protos.ProtoWriter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.TensorProto;
import org.tensorflow.proto.TensorShapeProto;

/**
 * A request that a server answers before its first client's, as TensorFlow Serving keeps it in
 * {@code assets.extra/tf_serving_warmup_requests}: a record is a {@code PredictionLog} (its
 * predict_log, field 6), which holds a {@code PredictLog} (its request, field 1), which holds a
 * {@code PredictRequest}.
 *
 * @param signature that is called; empty stands for {@code serving_default}
 * @param inputs by alias
 */
public record WarmupRequest(String signature, Map<String, TensorProto> inputs) {
  private static final int PREDICT_LOG = 6;
  private static final int REQUEST = 1;
  private static final int MODEL_SPEC = 1;
  private static final int INPUTS = 2;
  private static final int MODEL_NAME = 1;
  private static final int SIGNATURE_NAME = 3;
  private static final int KEY = 1;
  private static final int VALUE = 2;

  /** Sorts the inputs by alias. */
  public WarmupRequest {
    inputs = Collections.unmodifiableMap(new TreeMap<>(inputs));
  }

  /** A call of {@code serving_default} with encoded pictures. */
  static WarmupRequest of(List<byte[]> pictures) {
    TensorProto.Builder bytes = TensorProto.newBuilder().setDtype(DataType.DT_STRING);
    bytes.setTensorShape(
        TensorShapeProto.newBuilder()
            .addDim(TensorShapeProto.Dim.newBuilder().setSize(pictures.size())));
    pictures.forEach(p -> bytes.addStringVal(ByteString.copyFrom(p)));
    return new WarmupRequest("serving_default", Map.of("image_bytes", bytes.build()));
  }

  /** The record. */
  byte[] toLog(String model) {
    ProtoWriter spec =
        new ProtoWriter().string(MODEL_NAME, model).string(SIGNATURE_NAME, signature);
    ProtoWriter request = new ProtoWriter().message(MODEL_SPEC, spec);
    inputs.forEach(
        (alias, tensor) ->
            request.message(
                INPUTS, new ProtoWriter().string(KEY, alias).bytes(VALUE, tensor.toByteArray())));
    ProtoWriter log = new ProtoWriter().message(REQUEST, request);
    return new ProtoWriter().message(PREDICT_LOG, log).toByteArray();
  }

  /**
   * Reads a record.
   *
   * @param log its bytes, from position to limit
   * @param where file and place, for messages
   * @return the request
   * @throws CheckpointException if it is damaged, or another call than Predict
   * @throws IOException as that
   */
  public static WarmupRequest parse(ByteBuffer log, String where) throws IOException {
    ByteBuffer predict = only(log, PREDICT_LOG, where);
    ByteBuffer request = only(predict, REQUEST, where);
    String signature = "";
    Map<String, TensorProto> inputs = new TreeMap<>();
    ProtoReader r = ProtoReader.of(request, where);
    while (r.next()) {
      switch (r.field()) {
        case MODEL_SPEC -> signature = signature(part(request, r.range()), where);
        case INPUTS -> input(part(request, r.range()), where, inputs);
        default -> r.skip();
      }
    }
    return new WarmupRequest(signature, inputs);
  }

  private static ByteBuffer only(ByteBuffer message, int field, String where) throws IOException {
    ByteBuffer found = null;
    ProtoReader r = ProtoReader.of(message, where);
    while (r.next()) {
      if (r.field() == field) {
        found = part(message, r.range());
      } else {
        r.skip();
      }
    }
    if (found == null) {
      throw CheckpointException.corrupt(where, "a logged PredictRequest", "none");
    }
    return found;
  }

  private static String signature(ByteBuffer spec, String where) throws IOException {
    String signature = "";
    ProtoReader r = ProtoReader.of(spec, where);
    while (r.next()) {
      if (r.field() == SIGNATURE_NAME) {
        signature = r.string();
      } else {
        r.skip();
      }
    }
    return signature;
  }

  private static void input(ByteBuffer entry, String where, Map<String, TensorProto> to)
      throws IOException {
    String alias = "";
    ByteBuffer tensor = ByteBuffer.allocate(0);
    ProtoReader r = ProtoReader.of(entry, where);
    while (r.next()) {
      switch (r.field()) {
        case KEY -> alias = r.string();
        case VALUE -> tensor = part(entry, r.range());
        default -> r.skip();
      }
    }
    try {
      to.put(alias, TensorProto.parseFrom(tensor));
    } catch (InvalidProtocolBufferException e) {
      throw new CheckpointException.Corrupt(
          new Problem(
              "a TensorProto", String.valueOf(e.getMessage()), where, "write the file again"),
          e);
    }
  }

  private static ByteBuffer part(ByteBuffer of, ProtoReader.Range range) {
    return of.slice(of.position() + Math.toIntExact(range.offset()), range.length());
  }
}
