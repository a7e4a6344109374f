package io.github.tfbit.checkpoints.fetch;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a partial file is a part of; lies beside it, so that a later fetch can go on.
 *
 * @param address that was asked, before redirects
 * @param validator of the version that it is a part of; empty if it cannot be resumed
 * @param total bytes of the whole, empty if the server did not say
 * @param hashes that the server published
 */
record Resume(URI address, Optional<Validator> validator, OptionalLong total, List<Hash> hashes) {
  Resume {
    hashes = List.copyOf(hashes);
  }

  Resume withTotal(long bytes) {
    return new Resume(address, validator, OptionalLong.of(bytes), hashes);
  }

  String json() {
    JsonObject json = new JsonObject();
    json.addProperty("address", address.toString());
    validator.ifPresent(
        v -> {
          json.addProperty("validator", v.header());
          json.addProperty("value", v.value());
        });
    total.ifPresent(t -> json.addProperty("total", t));
    JsonArray list = new JsonArray();
    hashes.forEach(h -> list.add(h.recorded()));
    json.add("hashes", list);
    return json.toString();
  }

  /** Reads what {@link #json} wrote; empty for anything else, which is then begun anew. */
  static Optional<Resume> parse(String text) {
    try {
      JsonObject json = JsonParser.parseString(text).getAsJsonObject();
      Optional<Validator> validator =
          json.has("validator")
              ? Optional.of(
                  new Validator(
                      json.get("validator").getAsString(), json.get("value").getAsString()))
              : Optional.empty();
      OptionalLong total =
          json.has("total") ? OptionalLong.of(json.get("total").getAsLong()) : OptionalLong.empty();
      List<Hash> hashes = new ArrayList<>();
      for (JsonElement item : json.getAsJsonArray("hashes")) {
        hashes.add(Hash.parse(item.getAsString()));
      }
      URI address = URI.create(json.get("address").getAsString());
      return Optional.of(new Resume(address, validator, total, hashes));
    } catch (JsonParseException
        | IllegalStateException
        | IllegalArgumentException
        | UnsupportedOperationException
        | NullPointerException e) {
      return Optional.empty();
    }
  }
}
