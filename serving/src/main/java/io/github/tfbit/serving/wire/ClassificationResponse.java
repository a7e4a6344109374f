package io.github.tfbit.serving.wire;

import com.google.protobuf.CodedOutputStream;
import java.io.IOException;
import java.util.List;

/**
 * The answer of Classify (classification.proto).
 *
 * @param spec which model answered
 * @param classifications of each example, best class first
 */
public record ClassificationResponse(ModelSpec spec, List<List<Scored>> classifications)
    implements Message {
  /**
   * A class and its score.
   *
   * @param label of the class
   * @param score from 0 to 1
   */
  public record Scored(String label, float score) implements Message {
    @Override
    public void write(CodedOutputStream out) throws IOException {
      out.writeString(1, label);
      out.writeFloat(2, score);
    }
  }

  @Override
  public void write(CodedOutputStream out) throws IOException {
    out.writeByteArray(1, Message.bytes(this::result));
    out.writeByteArray(2, Message.bytes(spec::write));
  }

  private void result(CodedOutputStream out) throws IOException {
    for (List<Scored> example : classifications) {
      out.writeByteArray(
          1,
          Message.bytes(
              e -> {
                for (Scored scored : example) {
                  e.writeByteArray(1, Message.bytes(scored));
                }
              }));
    }
  }
}
