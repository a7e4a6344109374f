package io.github.tfbit.cli.options;

import io.github.tfbit.checkpoints.Problem;
import io.github.tfbit.cli.console.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/** Picture files named one by one or by their folder. */
public final class Pictures {
  private static final Set<String> EXTENSIONS = Set.of("jpg", "jpeg", "png", "gif", "bmp", "webp");

  private Pictures() {}

  /**
   * Lists the pictures behind arguments. A file is taken as it is, whatever its name; of a folder
   * and the folders in it, all files with a picture's extension that are not hidden.
   *
   * @param arguments files and folders
   * @return files in the order of the arguments, those of a folder by code point of their path
   * @throws Failure if a folder holds no picture
   * @throws IOException if a folder cannot be read
   */
  public static List<Path> list(List<Path> arguments) throws Failure, IOException {
    List<Path> files = new ArrayList<>();
    for (Path argument : arguments) {
      if (Files.isDirectory(argument)) {
        files.addAll(inFolder(argument));
      } else {
        files.add(argument);
      }
    }
    return files;
  }

  private static List<Path> inFolder(Path folder) throws Failure, IOException {
    List<Path> found;
    try (Stream<Path> tree = Files.walk(folder)) {
      found =
          tree.filter(p -> isPicture(folder.relativize(p)) && Files.isRegularFile(p))
              .sorted((a, b) -> Arrays.compare(codePoints(a), codePoints(b)))
              .toList();
    }
    if (found.isEmpty()) {
      throw new Failure(
          new Problem(
              "a folder with pictures (JPEG, PNG, GIF, BMP or WebP by extension)",
              "none in it",
              folder.toString(),
              "check the path"));
    }
    return found;
  }

  private static int[] codePoints(Path path) {
    return path.toString().codePoints().toArray();
  }

  private static boolean isPicture(Path inFolder) {
    for (Path part : inFolder) {
      if (part.toString().startsWith(".")) {
        return false;
      }
    }
    String name = inFolder.getFileName().toString().toLowerCase(Locale.ROOT);
    return EXTENSIONS.contains(name.substring(name.lastIndexOf('.') + 1));
  }
}
