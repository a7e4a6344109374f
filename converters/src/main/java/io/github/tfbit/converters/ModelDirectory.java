package io.github.tfbit.converters;

import static io.github.tfbit.checkpoints.CheckpointException.unsupported;

import io.github.tfbit.converters.Signature.Found;
import io.github.tfbit.converters.Signature.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Which model lies in a directory: a SavedModel, or the one file of a published form in it. */
final class ModelDirectory {
  static final String SAVED_MODEL = "saved_model.pb";

  /** What Hugging Face's libraries call the weights of a model that lies in one file. */
  private static final String SAFETENSORS = "model.safetensors";

  private static final String RUN = "run.json";
  private static final int MAX_ENTRIES = 100_000;
  private static final int SHOWN = 3;

  private static final List<String> SUFFIXES =
      List.of(".npz", ".h5", ".hdf5", ".safetensors", ".index", ".tar.gz", ".tgz");

  private ModelDirectory() {}

  static Found of(Path directory) throws IOException {
    if (Files.exists(directory.resolve(SAVED_MODEL))) {
      return new Found(Kind.SAVED_MODEL, directory);
    }
    if (Files.exists(directory.resolve(RUN))) {
      throw refused(
          directory, "a run's directory", "name the file in it, " + directory.resolve("model.npz"));
    }
    if (Files.exists(directory.resolve(SAFETENSORS))) {
      return Signature.of(directory.resolve(SAFETENSORS));
    }
    if (Files.exists(directory.resolve("model.safetensors.index.json"))) {
      throw refused(
          directory,
          "safetensors in several files",
          "save the model again with a larger max_shard_size, so that it is one file");
    }
    if (Files.exists(directory.resolve("variables").resolve("variables.index"))) {
      return new Found(Kind.TF_CHECKPOINT, directory.resolve("variables").resolve("variables"));
    }
    return only(directory);
  }

  private static Found only(Path directory) throws IOException {
    List<Path> found;
    try (Stream<Path> entries = Files.list(directory)) {
      found = entries.limit(MAX_ENTRIES).filter(ModelDirectory::looksLikeAModel).sorted().toList();
    }
    if (found.size() == 1) {
      return Signature.of(found.get(0));
    }
    if (found.isEmpty()) {
      refuseLink(directory);
      boolean pickle = Files.exists(directory.resolve("pytorch_model.bin"));
      throw refused(
          directory,
          pickle
              ? "a directory with pytorch_model.bin, a Python pickle"
              : "a directory without one",
          pickle
              ? "pickles can run code and are never read: fetch the model.safetensors beside it"
              : "name a file, or the directory that holds " + SAVED_MODEL);
    }
    List<String> names = found.stream().map(p -> String.valueOf(p.getFileName())).toList();
    throw refused(
        directory,
        "a directory with "
            + (names.size() + " of them: ")
            + String.join(", ", names.subList(0, Math.min(SHOWN, names.size())))
            + (names.size() > SHOWN ? ", …" : ""),
        "name one of them");
  }

  private static void refuseLink(Path directory) throws IOException {
    try (Stream<Path> entries = Files.list(directory)) {
      Optional<Path> link =
          entries
              .limit(MAX_ENTRIES)
              .filter(p -> Files.isSymbolicLink(p) && named(p))
              .min(Comparator.naturalOrder());
      if (link.isPresent()) {
        throw refused(
            directory,
            "a directory with a link, " + link.get().getFileName() + ", which is not followed",
            "name the file that it leads to");
      }
    }
  }

  private static boolean named(Path file) {
    String name = String.valueOf(file.getFileName());
    return !name.startsWith(".") && SUFFIXES.stream().anyMatch(name::endsWith);
  }

  private static boolean looksLikeAModel(Path file) {
    return named(file) && Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS);
  }

  private static IOException refused(Path directory, String found, String remedy) {
    return unsupported(directory.toString(), Signature.EXPECTED, found, remedy);
  }
}
