package io.github.tfbit.serving.wire;

import com.google.protobuf.CodedOutputStream;
import java.io.IOException;

/**
 * The answer of GetModelStatus (get_model_status.proto): one version, which is there.
 *
 * @param version its number
 */
public record StatusResponse(long version) implements Message {
  /** ModelVersionStatus.State.AVAILABLE. */
  private static final int AVAILABLE = 30;

  @Override
  public void write(CodedOutputStream out) throws IOException {
    out.writeByteArray(
        1,
        Message.bytes(
            status -> {
              status.writeInt64(1, version);
              status.writeEnum(2, AVAILABLE);
              status.writeByteArray(3, new byte[0]); // no error
            }));
  }
}
