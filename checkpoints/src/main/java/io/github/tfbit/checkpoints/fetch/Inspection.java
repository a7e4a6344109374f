package io.github.tfbit.checkpoints.fetch;

import io.github.tfbit.checkpoints.fetch.Artefact.Member;
import io.github.tfbit.checkpoints.fetch.Hash.Algorithm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** What the cache has of an artefact. */
sealed interface Inspection {
  /** All of it, as it was recorded. */
  record Sound() implements Inspection {}

  /** Nothing. */
  record Absent() implements Inspection {}

  /** Something without a record: somebody has put it there. */
  record Unrecorded() implements Inspection {}

  /**
   * Something else than was recorded.
   *
   * @param why in a few words
   */
  record Damaged(String why) implements Inspection {}

  /**
   * Looks, and reads all of it: a file that was hit by a bad disk or an editor keeps size and often
   * date.
   *
   * @param artefact to look for
   * @param target where it has to be
   * @param recordFile where its record has to be
   * @return what is there
   * @throws IOException if reading fails
   */
  static Inspection of(Artefact artefact, Path target, Path recordFile) throws IOException {
    if (!Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
      return new Absent();
    }
    if (!Files.exists(recordFile)) {
      return new Unrecorded();
    }
    Optional<CacheRecord> record = CacheRecord.read(recordFile);
    if (record.isEmpty()) {
      return new Damaged("its record cannot be read");
    }
    for (Member member : artefact.members()) {
      Optional<String> fault = fault(member, target, record.get());
      if (fault.isPresent()) {
        return new Damaged(fault.get());
      }
    }
    return new Sound();
  }

  private static Optional<String> fault(Member member, Path target, CacheRecord record)
      throws IOException {
    String prefix = member.path().isEmpty() ? "" : member.path() + ": ";
    Optional<Fetched> expected = record.file(member.path());
    Path file = member.path().isEmpty() ? target : target.resolve(member.path());
    if (expected.isEmpty() || !Files.isRegularFile(file)) {
      return Optional.of(prefix + "missing");
    }
    long bytes = Files.size(file);
    if (bytes != expected.get().bytes()) {
      return Optional.of(
          String.format(
              Locale.ROOT, "%s%,d bytes, recorded are %,d", prefix, bytes, expected.get().bytes()));
    }
    Hash found = Digests.of(file, Set.of(Algorithm.SHA256)).get(Algorithm.SHA256);
    return found.equals(expected.get().sha256())
        ? Optional.empty()
        : Optional.of(prefix + found + ", recorded is " + expected.get().sha256().hex());
  }
}
