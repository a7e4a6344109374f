package io.github.tfbit;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import io.github.tfbit.checkpoints.Checkpoint;
import io.github.tfbit.checkpoints.CheckpointException;
import io.github.tfbit.checkpoints.Problem;
import io.github.tfbit.converters.ContentId;
import io.github.tfbit.data.ImageSize;
import io.github.tfbit.export.Precision;
import io.github.tfbit.export.ServingSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;

/** What an export was made of, in a file inside it that servers pass over. */
final class ExportProvenance {
  private static final Path FILE = Path.of("assets.extra", "provenance.json");

  private static final String HEIGHT = "height";
  private static final String WIDTH = "width";

  private ExportProvenance() {}

  /** What was made of the weights. */
  record Made(ServingSettings settings, Precision precision) {}

  /** Writes it; equal exports get equal bytes. */
  static void write(Checkpoint weights, Made made, Labels.Knowledge labels, Path export)
      throws IOException {
    ServingSettings settings = made.settings();
    ContentId content = ContentId.of(weights);
    JsonObject o = new JsonObject();
    o.addProperty("content_id", content.id());
    o.addProperty("backbone_id", content.backboneId());
    o.addProperty("architecture", settings.architecture().name());
    o.addProperty("classes", settings.head().classes());
    o.addProperty(HEIGHT, settings.size().height());
    o.addProperty(WIDTH, settings.size().width());
    o.addProperty("activation", lower(settings.head().activation()));
    o.addProperty("precision", lower(made.precision()));
    o.addProperty("labels", lower(labels));
    GsonBuilder gson = new GsonBuilder().setPrettyPrinting().disableHtmlEscaping();
    o.add("versions", gson.create().toJsonTree(new TreeMap<>(Versions.all())));
    Files.writeString(export.resolve(FILE), gson.create().toJson(o) + "\n");
  }

  /** The size that an export resizes to; empty for anything else, and for those of tfbit 0.1. */
  static Optional<ImageSize> size(Path export) throws IOException {
    Path file = export.resolve(FILE);
    if (!Files.isRegularFile(file)) {
      return Optional.empty();
    }
    try {
      JsonObject o = JsonParser.parseString(Files.readString(file)).getAsJsonObject();
      return o.has(HEIGHT) && o.has(WIDTH)
          ? Optional.of(new ImageSize(o.get(HEIGHT).getAsInt(), o.get(WIDTH).getAsInt()))
          : Optional.empty();
    } catch (JsonParseException
        | IllegalStateException
        | IllegalArgumentException
        | UnsupportedOperationException e) {
      throw new CheckpointException.Corrupt(
          new Problem(
              "what an export says of itself, as JSON",
              String.valueOf(e.getMessage()),
              file.toString(),
              "export the model again"),
          e);
    }
  }

  private static String lower(Enum<?> e) {
    return e.name().toLowerCase(Locale.ROOT);
  }
}
