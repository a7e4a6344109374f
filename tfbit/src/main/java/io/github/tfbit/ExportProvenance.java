package io.github.tfbit;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonObject;
import io.github.tfbit.checkpoints.Checkpoint;
import io.github.tfbit.converters.ContentId;
import io.github.tfbit.export.ServingSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.TreeMap;

/** What an export was made of, in a file inside it that servers pass over. */
final class ExportProvenance {
  private static final Path FILE = Path.of("assets.extra", "provenance.json");

  private ExportProvenance() {}

  /** Writes it; equal exports get equal bytes. */
  static void write(
      Checkpoint weights, ServingSettings settings, Labels.Knowledge labels, Path export)
      throws IOException {
    ContentId content = ContentId.of(weights);
    JsonObject o = new JsonObject();
    o.addProperty("content_id", content.id());
    o.addProperty("backbone_id", content.backboneId());
    o.addProperty("architecture", settings.architecture().name());
    o.addProperty("classes", settings.head().classes());
    o.addProperty("activation", lower(settings.head().activation()));
    o.addProperty("labels", lower(labels));
    GsonBuilder gson = new GsonBuilder().setPrettyPrinting().disableHtmlEscaping();
    o.add("versions", gson.create().toJsonTree(new TreeMap<>(Versions.all())));
    Files.writeString(export.resolve(FILE), gson.create().toJson(o) + "\n");
  }

  private static String lower(Enum<?> e) {
    return e.name().toLowerCase(Locale.ROOT);
  }
}
