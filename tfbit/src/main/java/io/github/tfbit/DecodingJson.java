package io.github.tfbit;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.github.tfbit.image.Decoding;
import io.github.tfbit.image.Rgb;
import java.util.Optional;

/** How a run's settings say what its pictures' pixels were taken to be. */
final class DecodingJson {
  private static final String EXIF = "exif";
  private static final String BACKGROUND = "background";

  private DecodingJson() {}

  static void write(Decoding decoding, JsonObject run) {
    run.addProperty(EXIF, decoding.exif());
    JsonArray colour = new JsonArray();
    decoding
        .background()
        .ifPresent(
            b -> {
              colour.add(b.red());
              colour.add(b.green());
              colour.add(b.blue());
            });
    run.add(BACKGROUND, decoding.background().isPresent() ? colour : null);
  }

  /** The default in runs that were written before there was a choice. */
  static Decoding read(JsonObject run) {
    boolean exif = run.has(EXIF) && run.get(EXIF).getAsBoolean();
    return new Decoding(exif, colour(run.get(BACKGROUND)));
  }

  private static Optional<Rgb> colour(JsonElement stored) {
    if (stored == null || stored.isJsonNull()) {
      return Optional.empty();
    }
    JsonArray c = stored.getAsJsonArray();
    return Optional.of(new Rgb(c.get(0).getAsInt(), c.get(1).getAsInt(), c.get(2).getAsInt()));
  }
}
