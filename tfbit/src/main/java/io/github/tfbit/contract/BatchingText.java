package io.github.tfbit.contract;

import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.Descriptors;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.TextFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A batching file, {@code BatchingParameters} of tensorflow_serving's session_bundle_config.proto
 * as text; fields that are not looked at are passed over.
 */
final class BatchingText {
  static final int MOST_CHARACTERS = 1 << 16;

  private static final int MOST_DEPTH = 16;
  private static final String SIZES = "allowed_batch_sizes";
  private static final List<String> VALUES =
      List.of(
          "max_batch_size", "batch_timeout_micros", "num_batch_threads", "max_enqueued_batches");
  private static final Descriptors.Descriptor TYPE = type();

  private final DynamicMessage message;

  private BatchingText(DynamicMessage message) {
    this.message = message;
  }

  /**
   * Reads a file.
   *
   * @throws TextFormat.ParseException if it is no such text
   */
  static BatchingText parse(String text) throws TextFormat.ParseException {
    long depth = text.chars().filter(c -> c == '{' || c == '<').count();
    if (depth > VALUES.size() * (long) MOST_DEPTH) {
      throw new TextFormat.ParseException("too many parts");
    }
    DynamicMessage.Builder builder = DynamicMessage.newBuilder(TYPE);
    TextFormat.Parser.newBuilder().setAllowUnknownFields(true).build().merge(text, builder);
    return new BatchingText(builder.build());
  }

  /** One of the numbers, if it is said. */
  Optional<Long> value(String name) {
    Descriptors.FieldDescriptor field = TYPE.findFieldByName(name);
    if (!message.hasField(field)) {
      return Optional.empty();
    }
    DynamicMessage wrapped = (DynamicMessage) message.getField(field);
    return Optional.of((Long) wrapped.getField(field.getMessageType().findFieldByName("value")));
  }

  /** The allowed sizes, in their order. */
  List<Long> sizes() {
    Descriptors.FieldDescriptor field = TYPE.findFieldByName(SIZES);
    List<Long> sizes = new ArrayList<>();
    for (int i = 0; i < message.getRepeatedFieldCount(field); i++) {
      sizes.add((Long) message.getRepeatedField(field, i));
    }
    return sizes;
  }

  private static Descriptors.Descriptor type() {
    FieldDescriptorProto.Builder value =
        FieldDescriptorProto.newBuilder()
            .setName("value")
            .setNumber(1)
            .setType(FieldDescriptorProto.Type.TYPE_INT64);
    DescriptorProto.Builder parameters = DescriptorProto.newBuilder().setName("Parameters");
    for (String name : VALUES) {
      parameters.addField(
          FieldDescriptorProto.newBuilder()
              .setName(name)
              .setNumber(parameters.getFieldCount() + 1)
              .setType(FieldDescriptorProto.Type.TYPE_MESSAGE)
              .setTypeName("Int64Value"));
    }
    parameters.addField(
        FieldDescriptorProto.newBuilder()
            .setName(SIZES)
            .setNumber(parameters.getFieldCount() + 1)
            .setLabel(FieldDescriptorProto.Label.LABEL_REPEATED)
            .setType(FieldDescriptorProto.Type.TYPE_INT64));
    FileDescriptorProto file =
        FileDescriptorProto.newBuilder()
            .setName("batching.proto")
            .addMessageType(DescriptorProto.newBuilder().setName("Int64Value").addField(value))
            .addMessageType(parameters)
            .build();
    try {
      return Descriptors.FileDescriptor.buildFrom(file, new Descriptors.FileDescriptor[0])
          .findMessageTypeByName("Parameters");
    } catch (Descriptors.DescriptorValidationException e) {
      throw new IllegalStateException("the description of a batching file is wrong", e);
    }
  }
}
