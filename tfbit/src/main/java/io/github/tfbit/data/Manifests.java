package io.github.tfbit.data;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** Lists of pictures with their labels: {@code .csv} and {@code .jsonl} files. */
final class Manifests {
  /** Names of the column with the picture's path; a file's own first. */
  static final List<String> PATH =
      List.of("path", "file_name", "filename", "file", "image", "image_path", "filepath");

  /** Names of the column with the label or labels. */
  static final List<String> LABEL = List.of("label", "labels", "class", "class_name", "category");

  /** Names of the column that says which part a picture is in. */
  static final List<String> SPLIT = List.of("split", "set", "subset", "partition");

  private Manifests() {}

  static boolean isManifest(Path file) {
    String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
    return name.endsWith(".csv") || name.endsWith(".tsv") || isJson(name);
  }

  private static boolean isJson(String name) {
    return name.endsWith(".jsonl") || name.endsWith(".ndjson");
  }

  static DataSource read(Path file) throws IOException {
    ManifestTable table = new ManifestTable(file);
    if (isJson(file.getFileName().toString().toLowerCase(Locale.ROOT))) {
      JsonManifest.read(file, table);
    } else {
      CsvManifest.read(file, table);
    }
    return table.finish();
  }
}
