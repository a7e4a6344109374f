package io.github.tfbit;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.github.tfbit.data.ImageSize;
import java.util.Optional;

/** The median size of the pictures that a run learned from, as its settings hold it. */
final class TypicalPicture {
  private static final String KEY = "typical_picture";

  private TypicalPicture() {}

  static void write(Optional<ImageSize> size, JsonObject run) {
    if (size.isPresent()) {
      JsonArray sides = new JsonArray();
      sides.add(size.get().height());
      sides.add(size.get().width());
      run.add(KEY, sides);
    }
  }

  /**
   * Reads it; empty in runs that do not say.
   *
   * @throws RuntimeException if what is there is no size
   */
  static Optional<ImageSize> read(JsonObject run) {
    if (!run.has(KEY)) {
      return Optional.empty();
    }
    JsonArray sides = run.getAsJsonArray(KEY);
    return Optional.of(new ImageSize(sides.get(0).getAsInt(), sides.get(1).getAsInt()));
  }
}
