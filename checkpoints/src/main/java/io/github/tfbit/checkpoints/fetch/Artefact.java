package io.github.tfbit.checkpoints.fetch;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * Something published that is fetched whole or not at all: a file, or a directory of several.
 *
 * @param name what the user calls it
 * @param path where it lies in the cache and under a mirror's address, with slashes: {@code
 *     vtab/BiT-M-R50x1-run0-dtd.npz}
 * @param members its files: for a single file one whose path is empty, for a directory each with
 *     its path in it
 * @param check a last look at the whole before it enters the cache
 */
public record Artefact(String name, String path, List<Member> members, Check check) {
  /** Letters that every file system takes; no segment begins with a dot, none is empty. */
  private static final Pattern PATH =
      Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._@+-]*(/[A-Za-z0-9_][A-Za-z0-9._@+-]*)*");

  /**
   * One file of an artefact.
   *
   * @param path in the artefact, with slashes; empty if the artefact is this file
   * @param source where it comes from
   */
  public record Member(String path, Source source) {
    /** Checks that the path stays inside. */
    public Member {
      Objects.requireNonNull(source, "source");
      if (!path.isEmpty()) {
        requireInside(path);
      }
    }
  }

  /** Looks at what was fetched; a fingerprint that is known, for example. */
  @FunctionalInterface
  public interface Check {
    /** Accepts everything. */
    Check NONE = fetched -> {};

    /**
     * Refuses what is not the artefact.
     *
     * @param fetched the whole file or directory, under a temporary name
     * @throws java.io.IOException if it must not enter the cache
     */
    void accept(Path fetched) throws java.io.IOException;
  }

  /** Checks that all paths stay inside, and that it is a file or a directory but not both. */
  public Artefact {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(check, "check");
    requireInside(path);
    members = List.copyOf(members);
    boolean single = members.size() == 1 && members.get(0).path().isEmpty();
    if (!single && (members.isEmpty() || members.stream().anyMatch(m -> m.path().isEmpty()))) {
      throw new IllegalArgumentException(
          "expected one file without a path or files with one, found " + members);
    }
    if (members.stream().map(Member::path).distinct().count() != members.size()) {
      throw new IllegalArgumentException("expected different paths, found " + members);
    }
  }

  /**
   * An artefact that is one file.
   *
   * @param name what the user calls it
   * @param path where it lies in the cache
   * @param source where it comes from
   * @return the artefact
   */
  public static Artefact file(String name, String path, Source source) {
    return new Artefact(name, path, List.of(new Member("", source)), Check.NONE);
  }

  /**
   * An artefact that is a directory.
   *
   * @param name what the user calls it
   * @param path where it lies in the cache
   * @param members its files
   * @return the artefact
   */
  public static Artefact directory(String name, String path, List<Member> members) {
    return new Artefact(name, path, members, Check.NONE);
  }

  /**
   * The same artefact with a last look at it.
   *
   * @param look what to check
   * @return the artefact
   */
  public Artefact checkedBy(Check look) {
    return new Artefact(name, path, members, look);
  }

  /**
   * Whether it is one file.
   *
   * @return false for a directory
   */
  public boolean single() {
    return members.get(0).path().isEmpty();
  }

  private static void requireInside(String path) {
    if (!PATH.matcher(path).matches()) {
      throw new IllegalArgumentException(
          "expected a relative path of plain segments, found '" + path + "'");
    }
  }
}
