package io.github.tfbit.checkpoints.savedmodel;

import static io.github.tfbit.checkpoints.CheckpointException.unsupported;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** What can be said of a SavedModel directory without TensorFlow. Holds nothing open. */
public final class SavedModel {
  private final Path directory;
  private final List<MetaGraph> graphs;

  private SavedModel(Path directory, List<MetaGraph> graphs) {
    this.directory = directory;
    this.graphs = graphs;
  }

  /**
   * Whether a directory looks like a SavedModel.
   *
   * @param directory to look into
   * @return whether it holds {@code saved_model.pb}
   */
  public static boolean isSavedModel(Path directory) {
    return java.nio.file.Files.isRegularFile(directory.resolve("saved_model.pb"));
  }

  /**
   * Reads {@code saved_model.pb}; graphs are passed over, however large they are.
   *
   * @param directory that holds it
   * @return what it says
   * @throws io.github.tfbit.checkpoints.CheckpointException if there is none, or it is corrupt or
   *     uses something that is not read
   * @throws IOException if reading fails
   */
  public static SavedModel open(Path directory) throws IOException {
    if (isSavedModel(directory)) {
      return new SavedModel(directory, List.of());
    }
    throw unsupported(directory.toString(), "a weight file", "a SavedModel", "wait");
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
    return graphs.get(0);
  }

  /**
   * Whether it is a module in the format of TensorFlow 1's hub.
   *
   * @return whether {@code tfhub_module.pb} lies beside
   */
  public boolean hubModule() {
    return java.nio.file.Files.isRegularFile(directory.resolve("tfhub_module.pb"));
  }

  /**
   * The files in {@code assets/}.
   *
   * @return regular files directly in that folder, by name; links are left out
   * @throws IOException if listing fails
   */
  public List<Path> assets() throws IOException {
    return List.of();
  }
}
