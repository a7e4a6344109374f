package io.github.tfbit.cli.inspect;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.github.tfbit.cli.console.Text;
import io.github.tfbit.converters.ContentId;
import io.github.tfbit.converters.TensorDifference;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A model compared with another.
 *
 * @param other as the user named it
 * @param id content id of the other
 * @param sameBackbone whether they differ by nothing but their heads
 * @param tensors how many there are in either
 * @param differences none if the weights are the same
 */
record Against(
    String other,
    String id,
    boolean sameBackbone,
    long tensors,
    List<TensorDifference> differences) {

  static Against of(String name, ContentId here, ContentId there) {
    List<TensorDifference> differences = here.differences(there);
    long onlyThere =
        differences.stream().filter(d -> d.kind() == TensorDifference.Kind.ONLY_THERE).count();
    return new Against(
        name,
        there.id(),
        here.backboneId().equals(there.backboneId()),
        here.tensors().size() + onlyThere,
        differences);
  }

  List<String> lines() {
    List<String> lines = new ArrayList<>();
    Sheet sheet = new Sheet().row("against", other).row("", verdict());
    lines.addAll(sheet.lines());
    for (TensorDifference d : differences) {
      lines.add(String.format(Locale.ROOT, "  %-11s %s", words(d.kind()), d.name()));
    }
    return lines;
  }

  private String verdict() {
    if (differences.isEmpty()) {
      return "the same weights, bit for bit";
    }
    return Text.of("%,d of %s differ", differences.size(), Text.count(tensors, "tensor", "tensors"))
        + (sameBackbone ? ", all of them the head's" : "");
  }

  private static String words(TensorDifference.Kind kind) {
    return switch (kind) {
      case ONLY_HERE -> "only here";
      case ONLY_THERE -> "only there";
      case SHAPE -> "shape";
      case VALUES -> "values";
    };
  }

  JsonObject json() {
    JsonObject json = new JsonObject();
    json.addProperty("model", other);
    json.addProperty("content_id", id);
    json.addProperty("equal", differences.isEmpty());
    json.addProperty("backbone_equal", sameBackbone);
    JsonArray list = new JsonArray();
    for (TensorDifference d : differences) {
      JsonObject entry = new JsonObject();
      entry.addProperty("name", d.name());
      entry.addProperty("kind", d.kind().name().toLowerCase(Locale.ROOT));
      list.add(entry);
    }
    json.add("differences", list);
    return json;
  }
}
