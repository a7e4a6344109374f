package io.github.tfbit.checkpoints.bundle;

import io.github.tfbit.checkpoints.CheckpointException;
import io.github.tfbit.checkpoints.Problem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The files of a checkpoint.
 *
 * @param index the index
 * @param prefix what all names begin with
 */
record BundleFiles(Path index, Path prefix) {
  static final String INDEX = ".index";

  private static final Pattern DATA = Pattern.compile("(.+)\\.data-\\d{5}-of-\\d{5}");

  /** From the prefix, the index or a data file. */
  static BundleFiles of(Path given) throws CheckpointException {
    Path name = given.getFileName();
    String text = name == null ? "" : name.toString();
    Matcher data = DATA.matcher(text);
    if (text.endsWith(INDEX) && text.length() > INDEX.length()) {
      String prefix = text.substring(0, text.length() - INDEX.length());
      return new BundleFiles(given, given.resolveSibling(prefix));
    }
    if (data.matches()) {
      return of(given.resolveSibling(data.group(1) + INDEX));
    }
    Path index = given.resolveSibling(text + INDEX);
    if (Files.exists(index)) {
      return new BundleFiles(index, given);
    }
    throw missing(given, index);
  }

  private static CheckpointException missing(Path given, Path index) {
    if (Files.isRegularFile(given)) {
      return CheckpointException.unsupported(
          given.toString(),
          "a TensorFlow checkpoint V2 (.index and .data)",
          "one file without " + index.getFileName() + ", as V1 has it",
          "name the .index file, or save the checkpoint again with a present TensorFlow");
    }
    Path folder = given.toAbsolutePath().getParent();
    if (folder != null && Files.exists(folder.resolveSibling("saved_model.pb"))) {
      return new CheckpointException.Missing(
          new Problem(
              "a whole SavedModel, with " + folder.getFileName() + "/" + index.getFileName(),
              "saved_model.pb without it",
              String.valueOf(folder.getParent()),
              "the SavedModel is incomplete: copy or download it again"),
          null);
    }
    return new CheckpointException.Missing(
        new Problem("an index", "nothing of that name", index.toString(), "check the path"), null);
  }
}
