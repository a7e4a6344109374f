package io.github.tfbit.converters.write;

import com.google.gson.JsonObject;
import io.github.tfbit.converters.Architecture;
import io.github.tfbit.converters.Interpolation;
import java.util.Optional;

/**
 * timm's {@code config.json}, as {@code timm.models._hub.save_config_for_hf} of timm 1.0 writes it:
 * {@code timm.create_model("local-dir:DIR")} makes the network and its preprocessing from it.
 */
final class TimmConfig {
  /**
   * timm's GroupNorm in this network: {@code GroupNormAct(num_groups=32)}, not to be configured.
   */
  private static final int GROUPS = 32;

  private static final int STRIDE = 32;

  private TimmConfig() {}

  /** timm's name of a network; it has the six published ones and no others. */
  static Optional<String> architecture(Architecture architecture) {
    String name = architecture.name();
    boolean known = name.matches("R\\d+x\\d") && architecture.groups() == GROUPS;
    return known ? Optional.of("resnetv2_" + name.substring(1) + "_bit") : Optional.empty();
  }

  static JsonObject of(ModelCard card) {
    JsonObject json = new JsonObject();
    json.addProperty("architecture", architecture(card.architecture()).orElseThrow());
    json.addProperty("num_classes", card.classes());
    json.addProperty("num_features", card.architecture().features());
    json.addProperty("global_pool", "avg");
    card.labels().ifPresent(labels -> json.add("label_names", Json.of(labels)));
    json.add("pretrained_cfg", pretrained(card));
    if (card.classes() > 0) {
      json.add(Json.OURS, card.facts().json());
    }
    return json;
  }

  private static JsonObject pretrained(ModelCard card) {
    int pool = (card.side() + STRIDE - 1) / STRIDE;
    JsonObject json = new JsonObject();
    json.addProperty("custom_load", false);
    json.add("input_size", Json.of(3, card.side(), card.side()));
    json.addProperty("fixed_input_size", false);
    json.addProperty(
        "interpolation", card.interpolation() == Interpolation.BICUBIC ? "bicubic" : "bilinear");
    json.addProperty("crop_pct", 1.0);
    json.addProperty("crop_mode", "squash");
    json.add("mean", Json.of(0.5, 0.5, 0.5));
    json.add("std", Json.of(0.5, 0.5, 0.5));
    json.addProperty("num_classes", card.classes());
    json.add("pool_size", Json.of(pool, pool));
    json.addProperty("first_conv", "stem.conv");
    json.addProperty("classifier", "head.fc");
    return json;
  }
}
