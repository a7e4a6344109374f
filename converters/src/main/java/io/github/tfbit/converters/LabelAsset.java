package io.github.tfbit.converters;

import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What a SavedModel's assets say of its head: class names in a text of as many lines as there are
 * classes, and the rest in a file of JSON.
 */
final class LabelAsset {
  private static final long MAX_BYTES = 16 << 20;

  /** Of a conversion, and of an export. */
  private static final List<String> FACTS = List.of("head.json", "provenance.json");

  private static final long MAX_FACTS = 1 << 20;

  private LabelAsset() {}

  static HeadFacts read(List<Path> assets, int classes) throws IOException {
    HeadFacts facts = HeadFacts.NONE.withLabels(names(assets, classes));
    for (Path asset : assets) {
      if (FACTS.contains(String.valueOf(asset.getFileName())) && Files.size(asset) <= MAX_FACTS) {
        facts = facts(asset, facts);
      }
    }
    return facts;
  }

  private static HeadFacts facts(Path asset, HeadFacts names) throws IOException {
    try {
      return names.with(JsonParser.parseString(Files.readString(asset)));
    } catch (JsonParseException | CharacterCodingException e) {
      System.getLogger(LabelAsset.class.getName())
          .log(System.Logger.Level.WARNING, asset + ": nothing is read from it", e);
      return names;
    }
  }

  private static Optional<List<String>> names(List<Path> assets, int classes) throws IOException {
    for (Path asset : assets) {
      if (!asset.toString().endsWith(".txt") || Files.size(asset) > MAX_BYTES) {
        continue;
      }
      try {
        List<String> lines = Files.readAllLines(asset);
        if (lines.size() == classes && lines.stream().noneMatch(String::isBlank)) {
          return Optional.of(lines);
        }
      } catch (CharacterCodingException e) {
        System.getLogger(LabelAsset.class.getName())
            .log(System.Logger.Level.DEBUG, asset + " is no text", e);
      }
    }
    return Optional.empty();
  }
}
