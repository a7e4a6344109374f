package io.github.tfbit.converters.write;

import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import io.github.tfbit.converters.Architecture;
import io.github.tfbit.converters.Interpolation;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The two configuration files of Hugging Face transformers: {@code BitConfig} and {@code
 * BitImageProcessor} (transformers/models/bit). The processor's class defaults (shortest edge 224,
 * centre crop, bicubic, the mean and deviation of another model) are not BiT's, so every value is
 * written.
 */
final class HfConfig {
  /** PIL's numbers of its filters ({@code PIL.Image.Resampling}). */
  private static final int BILINEAR = 2;

  private static final int BICUBIC = 3;

  /** Channels between a unit's convolutions are rounded to it ({@code make_div}). */
  private static final int DIVISOR = 8;

  private HfConfig() {}

  /** Whether the library computes this network: its channel counts are multiples of 8. */
  static boolean has(Architecture architecture) {
    return architecture.rootChannels() % DIVISOR == 0;
  }

  /** Also for widths above 1 the factor stays 1: the last norm and the head pass over it. */
  static JsonObject model(ModelCard card) {
    Architecture a = card.architecture();
    JsonObject json = new JsonObject();
    json.add(
        "architectures",
        Json.of(List.of(card.classes() == 0 ? "BitModel" : "BitForImageClassification")));
    json.addProperty("model_type", "bit");
    json.addProperty("num_channels", 3);
    json.addProperty("embedding_size", a.rootChannels());
    json.add("depths", Json.of(a.units().stream().mapToInt(Integer::intValue).toArray()));
    json.add("hidden_sizes", Json.of(IntStream.rangeClosed(1, 4).map(a::outputChannels).toArray()));
    json.addProperty("width_factor", 1);
    json.addProperty("layer_type", "preactivation");
    json.addProperty("hidden_act", "relu");
    json.add("global_padding", JsonNull.INSTANCE);
    json.addProperty("embedding_dynamic_padding", false);
    json.addProperty("num_groups", a.groups());
    json.addProperty("output_stride", 32);
    json.addProperty("drop_path_rate", 0.0);
    json.addProperty("dtype", "float32");
    if (card.classes() > 0) {
      labels(json, card);
    }
    return json;
  }

  /** Without known names those that the library makes up itself. */
  private static void labels(JsonObject json, ModelCard card) {
    JsonObject toLabel = new JsonObject();
    JsonObject toId = new JsonObject();
    for (int i = 0; i < card.classes(); i++) {
      String label = "LABEL_" + i;
      if (card.labels().isPresent()) {
        label = card.labels().get().get(i);
      }
      toLabel.addProperty(String.valueOf(i), label);
      toId.addProperty(label, i);
    }
    json.add("id2label", toLabel);
    json.add("label2id", toId);
    json.addProperty(
        "problem_type",
        card.multiLabel() ? "multi_label_classification" : "single_label_classification");
    json.add(Json.OURS, card.facts().json());
  }

  static JsonObject processor(ModelCard card) {
    JsonObject json = new JsonObject();
    json.addProperty("image_processor_type", "BitImageProcessor");
    json.addProperty("do_convert_rgb", true);
    json.addProperty("do_resize", true);
    json.add("size", square(card.side()));
    json.addProperty(
        "resample", card.interpolation() == Interpolation.BICUBIC ? BICUBIC : BILINEAR);
    json.addProperty("do_center_crop", false);
    json.add("crop_size", square(card.side()));
    json.addProperty("do_rescale", true);
    json.addProperty("rescale_factor", 1 / 255.0);
    json.addProperty("do_normalize", true);
    json.add("image_mean", Json.of(0.5, 0.5, 0.5));
    json.add("image_std", Json.of(0.5, 0.5, 0.5));
    return json;
  }

  private static JsonObject square(int side) {
    JsonObject json = new JsonObject();
    json.addProperty("height", side);
    json.addProperty("width", side);
    return json;
  }
}
