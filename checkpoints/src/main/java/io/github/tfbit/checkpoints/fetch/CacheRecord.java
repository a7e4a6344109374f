package io.github.tfbit.checkpoints.fetch;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import io.github.tfbit.checkpoints.AtomicFile;
import io.github.tfbit.checkpoints.Existing;
import io.github.tfbit.checkpoints.fetch.Hash.Algorithm;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What the cache knows of an artefact in it; lies beside it as {@code NAME.json}.
 *
 * @param name what the user calls it
 * @param date when it was fetched
 * @param files what it consists of, by path in it
 */
record CacheRecord(String name, Instant date, List<Entry> files) {
  private static final Gson JSON =
      new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();

  /**
   * One file.
   *
   * @param path in the artefact, empty if the artefact is this file
   * @param fetched where it came from and what it has to be
   */
  record Entry(String path, Fetched fetched) {}

  CacheRecord {
    files = List.copyOf(files);
  }

  Optional<Fetched> file(String path) {
    return files.stream().filter(e -> e.path().equals(path)).map(Entry::fetched).findFirst();
  }

  void write(Path file) throws IOException {
    JsonObject json = new JsonObject();
    json.addProperty("name", name);
    json.addProperty("date", date.toString());
    JsonArray list = new JsonArray();
    files.forEach(e -> list.add(json(e)));
    json.add("files", list);
    String text = JSON.toJson(json) + "\n";
    try (AtomicFile record = AtomicFile.create(file, Existing.REPLACE)) {
      Files.writeString(record.path(), text);
      record.sync();
      record.commit();
    }
  }

  private static JsonObject json(Entry entry) {
    Fetched f = entry.fetched();
    JsonObject json = new JsonObject();
    json.addProperty("path", entry.path());
    json.addProperty("address", f.address());
    json.addProperty("bytes", f.bytes());
    json.addProperty("sha256", f.sha256().hex());
    f.etag().ifPresent(tag -> json.addProperty("etag", tag));
    JsonArray verified = new JsonArray();
    f.verified().forEach(h -> verified.add(h.recorded()));
    json.add("verified", verified);
    return json;
  }

  /** Reads a record; empty if there is none, or none that can be understood. */
  static Optional<CacheRecord> read(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      return Optional.empty();
    }
    try {
      String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
      JsonObject json = JsonParser.parseString(text).getAsJsonObject();
      List<Entry> files = new ArrayList<>();
      for (JsonElement e : json.getAsJsonArray("files")) {
        files.add(entry(e.getAsJsonObject()));
      }
      Instant date = Instant.parse(json.get("date").getAsString());
      return Optional.of(new CacheRecord(json.get("name").getAsString(), date, files));
    } catch (JsonParseException
        | IllegalStateException
        | IllegalArgumentException
        | UnsupportedOperationException
        | NullPointerException
        | java.time.DateTimeException e) {
      return Optional.empty();
    }
  }

  private static Entry entry(JsonObject json) {
    List<Hash> verified = new ArrayList<>();
    for (JsonElement item : json.getAsJsonArray("verified")) {
      verified.add(Hash.parse(item.getAsString()));
    }
    return new Entry(
        json.get("path").getAsString(),
        new Fetched(
            json.get("address").getAsString(),
            json.get("bytes").getAsLong(),
            new Hash(Algorithm.SHA256, json.get("sha256").getAsString()),
            Optional.ofNullable(json.get("etag")).map(JsonElement::getAsString),
            verified));
  }
}
