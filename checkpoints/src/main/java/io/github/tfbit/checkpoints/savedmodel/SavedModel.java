package io.github.tfbit.checkpoints.savedmodel;

import static io.github.tfbit.checkpoints.CheckpointException.unsupported;

import io.github.tfbit.checkpoints.CheckpointException;
import io.github.tfbit.checkpoints.FileBytes;
import io.github.tfbit.checkpoints.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What can be said of a SavedModel directory without TensorFlow. Holds nothing open. */
public final class SavedModel {
  static final String FILE = "saved_model.pb";

  private static final List<String> ASSETS = List.of("assets", "assets.extra");
  private static final int MAX_ASSETS = 1000;

  private final Path directory;
  private final long schemaVersion;
  private final List<MetaGraph> graphs;

  private SavedModel(Path directory, long schemaVersion, List<MetaGraph> graphs) {
    this.directory = directory;
    this.schemaVersion = schemaVersion;
    this.graphs = List.copyOf(graphs);
  }

  /**
   * Whether a directory looks like a SavedModel.
   *
   * @param directory to look into
   * @return whether it holds {@code saved_model.pb}
   */
  public static boolean isSavedModel(Path directory) {
    return Files.isRegularFile(directory.resolve(FILE));
  }

  /**
   * Reads {@code saved_model.pb}; constants are passed over, however large they are.
   *
   * @param directory that holds it
   * @return what it says
   * @throws CheckpointException if there is none, or it is corrupt or uses something that is not
   *     read
   * @throws IOException if reading fails
   */
  public static SavedModel open(Path directory) throws IOException {
    Path file = directory.resolve(FILE);
    if (!Files.exists(file)) {
      throw missing(directory, file);
    }
    FileBytes bytes = FileBytes.of(file);
    if (bytes.size() > Integer.MAX_VALUE) {
      String found = bytes.size() + " bytes";
      throw unsupported(file.toString(), "a message below 2 GiB", found, "name another file");
    }
    SavedModelProto proto = new SavedModelProto(new GraphFile(bytes));
    List<MetaGraph> graphs = proto.read();
    return new SavedModel(directory, proto.schemaVersion(), graphs);
  }

  private static CheckpointException missing(Path directory, Path file) {
    for (String other : List.of("saved_model.pbtxt", "saved_model.cpb")) {
      if (Files.exists(directory.resolve(other))) {
        return unsupported(
            directory.toString(), "a SavedModel with " + FILE, other, "save the model again");
      }
    }
    return new CheckpointException.Missing(
        new Problem(FILE, "nothing of that name", file.toString(), "name a SavedModel"), null);
  }

  /**
   * The directory.
   *
   * @return as it was given
   */
  public Path directory() {
    return directory;
  }

  /**
   * The version of the form; there is only 1.
   *
   * @return {@code saved_model_schema_version}
   */
  public long schemaVersion() {
    return schemaVersion;
  }

  /**
   * Where the variables are, for {@link io.github.tfbit.checkpoints.bundle.BundleReader#open}.
   *
   * @return the prefix {@code variables/variables}
   */
  public Path variables() {
    return directory.resolve("variables").resolve("variables");
  }

  /**
   * All graphs.
   *
   * @return at least one
   */
  public List<MetaGraph> graphs() {
    return graphs;
  }

  /**
   * The graph that serves.
   *
   * @return the one tagged {@code serve}, else the one without tags, else the first
   */
  public MetaGraph serving() {
    return Stream.<Stream<MetaGraph>>of(
            graphs.stream().filter(g -> g.tags().contains("serve")),
            graphs.stream().filter(g -> g.tags().isEmpty()),
            graphs.stream())
        .flatMap(s -> s)
        .findFirst()
        .orElseThrow();
  }

  /**
   * Whether it is a module in the format of TensorFlow 1's hub.
   *
   * @return whether {@code tfhub_module.pb} lies beside
   */
  public boolean hubModule() {
    return Files.isRegularFile(directory.resolve("tfhub_module.pb"));
  }

  /**
   * The files in {@code assets/}.
   *
   * @return regular files directly in {@code assets}, then those in {@code assets.extra}, each by
   *     name and at most 1000; links are left out
   * @throws IOException if listing fails
   */
  public List<Path> assets() throws IOException {
    List<Path> all = new ArrayList<>();
    for (String folder : ASSETS) {
      Path assets = directory.resolve(folder);
      if (Files.isDirectory(assets, LinkOption.NOFOLLOW_LINKS)) {
        try (Stream<Path> files = Files.list(assets)) {
          files
              .filter(f -> Files.isRegularFile(f, LinkOption.NOFOLLOW_LINKS))
              .limit(MAX_ASSETS)
              .sorted()
              .forEach(all::add);
        }
      }
    }
    return all;
  }
}
