package io.github.tfbit.checkpoints.fetch;

import io.github.tfbit.checkpoints.Problem;
import io.github.tfbit.checkpoints.fetch.FetchException.Reason;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** Decides from an answer's status and headers what its body is, before any of it is taken. */
final class Reception {
  private static final int OK = 200;
  private static final int PARTIAL = 206;
  private static final int NO_SUCH_RANGE = 416;
  private static final Set<Integer> PASSING = Set.of(408, 425, 429, 500, 502, 503, 504);
  private static final Set<Integer> NOT_THERE = Set.of(401, 403, 404, 410, 451);

  private final String name;
  private final Source source;
  private final Answer answer;

  Reception(String name, Source source, Answer answer) {
    this.name = name;
    this.source = source;
    this.answer = answer;
  }

  /** Whether the body begins at the file's first byte. */
  boolean whole() {
    return answer.status() == OK;
  }

  /**
   * What the body is a part of.
   *
   * @param from the first byte that was asked for
   * @param note what the bytes before it belong to
   * @return what to write down before taking it
   * @throws Setback if another attempt may do better
   * @throws FetchException if none will
   */
  Resume expect(long from, Optional<Resume> note) throws Setback, FetchException {
    requireStatus(from);
    requirePlain();
    if (whole()) {
      OptionalLong total = answer.length();
      requireLength(total);
      return new Resume(
          source.uri(),
          Validator.strong(answer.headers()),
          total,
          PublishedHashes.of(answer, true));
    }
    Resume before = note.orElseThrow();
    ContentRange range =
        answer
            .header("content-range")
            .flatMap(ContentRange::parse)
            .orElseThrow(() -> useless("a part of the file without saying which"));
    if (range.first() != from) {
      throw useless("a part from byte " + range.first() + " where " + from + " was asked for");
    }
    if (!before.validator().orElseThrow().matches(answer.headers())) {
      throw useless("a part of another version of the file");
    }
    if (contradict(before.total(), range.total())) {
      throw useless("a part of a file of another length");
    }
    OptionalLong total = before.total().isPresent() ? before.total() : range.total();
    requirePartLength(range, total);
    List<Hash> hashes = new ArrayList<>(before.hashes());
    PublishedHashes.of(answer, false).stream()
        .filter(h -> !before.hashes().contains(h))
        .forEach(hashes::add);
    return new Resume(source.uri(), before.validator(), total, hashes);
  }

  private void requireStatus(long from) throws Setback, FetchException {
    int status = answer.status();
    if (status == OK || (status == PARTIAL && from > 0)) {
      return;
    }
    if (status == PARTIAL) {
      throw useless("a part of the file, which was not asked for");
    }
    if (status == NO_SUCH_RANGE && from > 0) {
      throw useless("no bytes from " + from + " on: the file has changed");
    }
    if (PASSING.contains(status)) {
      throw new Setback.Again(
          "the server answered " + status, Waits.asked(answer.headers(), Instant.now()), null);
    }
    boolean notThere = NOT_THERE.contains(status);
    throw refused(
        notThere ? Reason.NOT_THERE : Reason.PROTOCOL,
        source,
        name,
        "the server answered " + status + meaning(status));
  }

  private static String meaning(int status) {
    return switch (status) {
      case 401, 403 -> " (not given to everybody)";
      case 404, 410 -> " (no such file)";
      case 407 -> " (the proxy wants a user and a password)";
      default -> "";
    };
  }

  /** No compression, which would make lengths and ranges meaningless, and no page for people. */
  private void requirePlain() throws FetchException {
    String coding = answer.header("content-encoding").orElse("identity").toLowerCase(Locale.ROOT);
    if (!coding.equals("identity") && !coding.isEmpty()) {
      throw refused(
          Reason.PROTOCOL, source, "the file as it is", "it in the encoding '" + coding + "'");
    }
    String type = answer.header("content-type").orElse("").toLowerCase(Locale.ROOT);
    if (type.startsWith("text/html") || type.startsWith("application/xhtml")) {
      throw refused(
          Reason.WRONG_CONTENT,
          source,
          source.kind().noun(),
          "a web page (content type " + type + ")");
    }
    if (type.startsWith("multipart/")) {
      throw refused(Reason.PROTOCOL, source, "one part of the file", "several (" + type + ")");
    }
  }

  private void requireLength(OptionalLong total) throws FetchException {
    if (total.isPresent()) {
      if (!source.size().allows(total.getAsLong())) {
        throw refused(
            Reason.WRONG_CONTENT,
            source,
            source.size().toString(),
            String.format(Locale.ROOT, "a file of %,d bytes", total.getAsLong()));
      }
      return;
    }
    boolean known = source.size().exact() || !source.hashes().isEmpty();
    if (!known && !answer.chunked() && PublishedHashes.of(answer, true).isEmpty()) {
      throw refused(
          Reason.PROTOCOL,
          source,
          "a length, so that a cut is noticed",
          "none, and no checksum either");
    }
  }

  private void requirePartLength(ContentRange range, OptionalLong total) throws Setback {
    long length = range.last() - range.first() + 1;
    boolean beyond = total.isPresent() && range.last() >= total.getAsLong();
    if (beyond || contradict(answer.length(), OptionalLong.of(length))) {
      throw useless("a part whose lengths contradict each other");
    }
  }

  private static boolean contradict(OptionalLong a, OptionalLong b) {
    return a.isPresent() && b.isPresent() && a.getAsLong() != b.getAsLong();
  }

  private static Setback.FromStart useless(String found) {
    return new Setback.FromStart(Reason.PROTOCOL, "the server sent " + found);
  }

  /** An answer that no repetition would better. */
  static FetchException refused(Reason reason, Source source, String expected, String found) {
    return new FetchException(
        reason,
        new Problem(
            expected,
            found,
            Addresses.shown(source.uri()),
            "check the address, --base-url and the proxy; nothing of it was kept"),
        null);
  }
}
