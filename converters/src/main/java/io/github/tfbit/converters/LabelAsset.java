package io.github.tfbit.converters;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Class names among a SavedModel's assets: a text of as many lines as there are classes. */
final class LabelAsset {
  private static final long MAX_BYTES = 16 << 20;

  private LabelAsset() {}

  static Optional<List<String>> read(List<Path> assets, int classes) throws IOException {
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
