package io.github.tfbit.checkpoints.archive;

import static io.github.tfbit.checkpoints.CheckpointException.corrupt;
import static io.github.tfbit.checkpoints.CheckpointException.unsupported;

import io.github.tfbit.checkpoints.Problem;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** A member's name, taken apart; whatever could lead out of a folder on any system is refused. */
final class MemberName {
  private static final int MAX_DEPTH = 32;
  private static final int MAX_PART = 200;

  private MemberName() {}

  /** The folders' names and the last, without {@code .}; empty for the archive's own root. */
  static List<String> parts(String name, String where) throws IOException {
    boolean plain =
        !name.startsWith("/") && name.chars().noneMatch(c -> c == '\\' || c == ':' || c == 0);
    List<String> parts = new ArrayList<>();
    for (String part : name.split("/", -1)) {
      plain &=
          !part.equals("..") && !part.endsWith(" ") && (part.equals(".") || !part.endsWith("."));
      if (!part.isEmpty() && !part.equals(".")) {
        parts.add(part);
      }
    }
    if (!plain || !name.equals(controlFree(name))) {
      throw corrupt(
          where, "member names that are plain relative paths", "'" + Problem.shown(name) + "'");
    }
    if (parts.size() > MAX_DEPTH || parts.stream().anyMatch(p -> p.length() > MAX_PART)) {
      throw unsupported(
          where,
          "member names of at most " + MAX_DEPTH + " parts of " + MAX_PART + " characters",
          "'" + Problem.shown(name) + "'",
          "unpack the archive yourself and name what is in it");
    }
    return parts;
  }

  private static String controlFree(String name) {
    return name.replaceAll("\\p{Cntrl}", "");
  }
}
