package io.github.tfbit.checkpoints.fetch;

import io.github.tfbit.checkpoints.AtomicFile;
import io.github.tfbit.checkpoints.FileTree;
import io.github.tfbit.checkpoints.fetch.Artefact.Member;
import io.github.tfbit.checkpoints.fetch.Hash.Algorithm;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * An artefact on its way into the cache, beside its place there: {@code NAME.part}, a file with its
 * note, or a directory in which {@code files/} grows until it is whole. Survives the process.
 */
final class Staging {
  /** Fetches one file. */
  @FunctionalInterface
  interface Fetch {
    Fetched of(Member member, PartFile part) throws IOException;
  }

  private final Artefact artefact;
  private final Path target;
  private final Path record;
  private final Path part;

  Staging(Artefact artefact, Path target, Path record) {
    this.artefact = artefact;
    this.target = target;
    this.record = record;
    this.part = target.resolveSibling(target.getFileName() + ".part");
  }

  /**
   * Fetches what is missing, has a look at the whole, and moves it to its place.
   *
   * @param fetch fetches one file
   * @throws IOException if any of it cannot be had, or it is not what it should be
   */
  void complete(Fetch fetch) throws IOException {
    if (artefact.single()) {
      PartFile file = new PartFile(part);
      Fetched fetched = fetch.of(artefact.members().get(0), file);
      accept(part, file::discard);
      record(List.of(new CacheRecord.Entry("", fetched))).write(record);
      replace(part);
      file.forget();
      AtomicFile.deleteAbandoned(record);
    } else {
      Path files = part.resolve("files");
      Files.createDirectories(files);
      List<CacheRecord.Entry> entries = members(files, fetch);
      accept(files, () -> FileTree.delete(part));
      record(entries).write(record);
      replace(files);
      FileTree.delete(part);
      AtomicFile.deleteAbandoned(record);
    }
  }

  /** Deletes what a fetch left that was killed after its last step but one. */
  void tidy() {
    try {
      new PartFile(part).forget();
      AtomicFile.deleteAbandoned(record);
      FileTree.delete(part);
    } catch (IOException e) {
      // A cache that can only be read: what lies there does no harm.
    }
  }

  private List<CacheRecord.Entry> members(Path files, Fetch fetch) throws IOException {
    Path progress = part.resolve("record.json");
    List<CacheRecord.Entry> entries = new ArrayList<>();
    Optional<CacheRecord> earlier = CacheRecord.read(progress);
    for (Member member : artefact.members()) {
      Path file = files.resolve(member.path());
      Optional<Fetched> there = earlier.flatMap(r -> r.file(member.path()));
      if (there.isPresent() && unchanged(member, file, there.get())) {
        entries.add(new CacheRecord.Entry(member.path(), there.get()));
        continue;
      }
      PartFile incoming = new PartFile(part.resolve(member.path().replace('/', '.') + ".part"));
      Fetched fetched = fetch.of(member, incoming);
      entries.add(new CacheRecord.Entry(member.path(), fetched));
      record(entries).write(progress);
      Files.createDirectories(file.getParent());
      Files.move(incoming.path(), file, StandardCopyOption.ATOMIC_MOVE);
      incoming.forget();
    }
    return entries;
  }

  private static boolean unchanged(Member member, Path file, Fetched fetched) throws IOException {
    return fetched.address().equals(Addresses.shown(member.source().uri()))
        && Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
        && Files.size(file) == fetched.bytes()
        && Digests.of(file, Set.of(Algorithm.SHA256)).containsValue(fetched.sha256());
  }

  private CacheRecord record(List<CacheRecord.Entry> entries) {
    return new CacheRecord(artefact.name(), Instant.now().truncatedTo(ChronoUnit.SECONDS), entries);
  }

  /** What happens to something refused. */
  @FunctionalInterface
  private interface Discard {
    void run() throws IOException;
  }

  private void accept(Path fetched, Discard discard) throws IOException {
    try {
      artefact.check().accept(fetched);
    } catch (IOException | RuntimeException e) {
      discard.run();
      throw e;
    }
  }

  /** One step for a file; a directory that is in the way has to go first. */
  private void replace(Path whole) throws IOException {
    if (Files.isDirectory(target, LinkOption.NOFOLLOW_LINKS)) {
      FileTree.delete(target);
    } else if (Files.isDirectory(whole)) {
      Files.deleteIfExists(target);
    }
    Files.move(whole, target, StandardCopyOption.ATOMIC_MOVE);
    syncFolder(target.getParent());
  }

  /** Makes the move survive a power cut, where the system lets directories be forced to disk. */
  private static void syncFolder(Path folder) {
    try (FileChannel channel = FileChannel.open(folder)) {
      channel.force(true);
    } catch (IOException e) {
      // Windows does not open directories; the file itself is on the disk.
    }
  }
}
