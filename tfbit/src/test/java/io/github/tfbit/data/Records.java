package io.github.tfbit.data;

import com.google.protobuf.ByteString;
import io.github.tfbit.checkpoints.bundle.MaskedCrc;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import org.tensorflow.proto.BytesList;
import org.tensorflow.proto.Example;
import org.tensorflow.proto.Feature;
import org.tensorflow.proto.Features;
import org.tensorflow.proto.Int64List;

/** TFRecord files for tests, made with TensorFlow's own messages. */
public final class Records {
  private Records() {}

  /** A picture with Inception's keys; what is null has none. */
  public static byte[] example(byte[] encoded, Long label, String text, String synset) {
    Map<String, Feature> features = new TreeMap<>();
    if (encoded != null) {
      features.put("image/encoded", bytes(encoded));
    }
    if (label != null) {
      features.put(
          "image/class/label",
          Feature.newBuilder().setInt64List(Int64List.newBuilder().addValue(label)).build());
    }
    if (text != null) {
      features.put("image/class/text", bytes(text.getBytes(StandardCharsets.UTF_8)));
    }
    if (synset != null) {
      features.put("image/class/synset", bytes(synset.getBytes(StandardCharsets.UTF_8)));
    }
    features.put(
        "image/height",
        Feature.newBuilder().setInt64List(Int64List.newBuilder().addValue(20)).build());
    return Example.newBuilder()
        .setFeatures(Features.newBuilder().putAllFeature(features))
        .build()
        .toByteArray();
  }

  private static Feature bytes(byte[] value) {
    return Feature.newBuilder()
        .setBytesList(BytesList.newBuilder().addValue(ByteString.copyFrom(value)))
        .build();
  }

  /** Records in their framing. */
  public static byte[] file(byte[]... records) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] record : records) {
      ByteBuffer framed = ByteBuffer.allocate(record.length + 16).order(ByteOrder.LITTLE_ENDIAN);
      framed.putLong(record.length);
      framed.putInt(MaskedCrc.of(framed.duplicate().flip())).put(record);
      framed.putInt(MaskedCrc.of(ByteBuffer.wrap(record)));
      out.writeBytes(framed.array());
    }
    return out.toByteArray();
  }
}
