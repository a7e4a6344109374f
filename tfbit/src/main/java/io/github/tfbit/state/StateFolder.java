package io.github.tfbit.state;

import com.google.gson.Gson;
import io.github.tfbit.checkpoints.AtomicDirectory;
import io.github.tfbit.checkpoints.Checkpoint;
import io.github.tfbit.checkpoints.Existing;
import io.github.tfbit.checkpoints.FileTree;
import io.github.tfbit.checkpoints.OutputException;
import io.github.tfbit.checkpoints.npz.NpzWriter;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The checkpoints of a run in training: each a directory that appears whole or not at all, and that
 * is on the disk before it appears. For one process at a time.
 */
public final class StateFolder {
  /** How many of the newest are kept, for one of them might be damaged. */
  public static final int KEPT = 2;

  private static final Pattern NAME = Pattern.compile("step-(\\d{8,9})");

  private final Path folder;

  /**
   * A folder of checkpoints.
   *
   * @param folder made when the first is saved
   */
  public StateFolder(Path folder) {
    this.folder = folder;
  }

  /**
   * The checkpoints.
   *
   * @return from the oldest step to the newest
   * @throws IOException if the folder cannot be read
   */
  public List<SavedState> list() throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(folder)) {
      return entries
          .filter(p -> Files.isDirectory(p, LinkOption.NOFOLLOW_LINKS))
          .flatMap(p -> state(p).stream())
          .sorted((a, b) -> Integer.compare(a.step(), b.step()))
          .toList();
    }
  }

  private static Optional<SavedState> state(Path directory) {
    Matcher name = NAME.matcher(directory.getFileName().toString());
    return name.matches()
        ? Optional.of(new SavedState(directory, Integer.parseInt(name.group(1))))
        : Optional.empty();
  }

  /**
   * Finds a checkpoint.
   *
   * @param step how many steps were done
   * @return it, if it is there
   * @throws IOException if the folder cannot be read
   */
  public Optional<SavedState> find(int step) throws IOException {
    return list().stream().filter(s -> s.step() == step).findFirst();
  }

  /**
   * Saves a checkpoint; one of the same step is replaced.
   *
   * @param progress how far the run is
   * @param weights under the published names
   * @param optimizer under names of its own
   * @return what was saved
   * @throws io.github.tfbit.checkpoints.CheckpointException if a value is NaN or infinite: what
   *     nobody can go on from is not kept
   * @throws OutputException if the disk is full or cannot be written; the others are untouched
   * @throws IOException if writing fails otherwise
   */
  public SavedState save(Progress progress, Checkpoint weights, Checkpoint optimizer)
      throws IOException {
    String name = String.format(Locale.ROOT, "step-%08d", progress.step());
    Path target = folder.resolve(name);
    try {
      Files.createDirectories(folder);
      try (AtomicDirectory directory = AtomicDirectory.create(target, Existing.REPLACE)) {
        Path to = directory.path();
        NpzWriter.write(to.resolve(SavedState.WEIGHTS), new FiniteOnly(weights));
        NpzWriter.write(to.resolve(SavedState.OPTIMIZER), new FiniteOnly(optimizer));
        Files.writeString(to.resolve(SavedState.PROGRESS), new Gson().toJson(progress) + "\n");
        for (String file : List.of(SavedState.WEIGHTS, SavedState.OPTIMIZER, SavedState.PROGRESS)) {
          sync(to.resolve(file));
        }
        directory.commit();
      }
    } catch (IOException e) {
      throw OutputException.whileWriting(target, e);
    }
    return new SavedState(target, progress.step());
  }

  private static void sync(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.force(true);
    }
  }

  /**
   * Deletes all but the newest and the best.
   *
   * @param newest how many of the newest stay
   * @param best step of another one that stays, if there is one
   * @throws IOException if one cannot be deleted
   */
  public void retain(int newest, OptionalInt best) throws IOException {
    List<SavedState> all = list();
    for (SavedState s : all.subList(0, Math.max(0, all.size() - newest))) {
      if (best.isEmpty() || best.getAsInt() != s.step()) {
        FileTree.delete(s.directory());
      }
    }
  }

  /**
   * Deletes every checkpoint after a step: a run that goes on from there makes its own.
   *
   * @param step the last that stays
   * @throws IOException if one cannot be deleted
   */
  public void deleteAfter(int step) throws IOException {
    for (SavedState s : list()) {
      if (s.step() > step) {
        FileTree.delete(s.directory());
      }
    }
  }

  /**
   * Deletes what a process that was killed left half-written. For the holder of the run's lock.
   *
   * @throws IOException if it cannot be deleted
   */
  public void sweep() throws IOException {
    if (!Files.isDirectory(folder)) {
      return;
    }
    List<Path> left;
    try (Stream<Path> entries = Files.list(folder)) {
      left = entries.filter(p -> p.getFileName().toString().startsWith(".step-")).toList();
    }
    for (Path p : left) {
      FileTree.delete(p);
    }
  }
}
