package io.github.tfbit.checkpoints.fetch;

import io.github.tfbit.checkpoints.OutputException;
import io.github.tfbit.checkpoints.Problem;
import io.github.tfbit.checkpoints.fetch.FetchException.Reason;
import io.github.tfbit.checkpoints.fetch.Hash.Algorithm;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** One file on its way: a request, its answer, what comes of it. Not safe for several threads. */
final class Download {
  /** Without a length, free space is asked for again after as many bytes. */
  private static final long ASK_AGAIN_BYTES = 64 << 20;

  private final String name;
  private final Source source;
  private final PartFile part;
  private final FetchListener listener;
  private final FetchSettings settings;
  private final Room room;

  Download(
      String name,
      Source source,
      PartFile part,
      FetchListener listener,
      FetchSettings settings,
      Room room) {
    this.name = name;
    this.source = source;
    this.part = part;
    this.listener = listener;
    this.settings = settings;
    this.room = room;
  }

  /** Bytes that another attempt can go on from. */
  long resumable() throws IOException {
    return note().isPresent() ? part.length() : 0;
  }

  void discard() throws IOException {
    part.discard();
  }

  /** What the bytes that are there belong to, if they can be gone on with. */
  private Optional<Resume> note() throws IOException {
    Optional<Resume> note = part.note();
    return note.filter(
        n ->
            n.address().equals(source.uri())
                && n.validator().isPresent()
                && n.total().orElse(source.size().most()) <= source.size().most());
  }

  /**
   * Asks once, and takes what comes.
   *
   * @return the file, whole and verified
   * @throws Setback if another attempt may do better
   * @throws FetchException if none will
   */
  Fetched attempt(Web web) throws IOException, InterruptedException {
    Optional<Resume> note = note();
    long from = note.isPresent() ? part.length() : 0;
    OptionalLong total = note.isPresent() ? note.get().total() : OptionalLong.empty();
    if (total.isPresent() && from == total.getAsLong()) {
      return verified(note.get());
    }
    if (total.isPresent() && from > total.getAsLong()) {
      throw new Setback.FromStart(Reason.PROTOCOL, "more came than the file is long");
    }
    Map<String, String> headers = new LinkedHashMap<>();
    if (from > 0) {
      headers.put("Range", "bytes=" + from + "-");
      headers.put("If-Range", note.get().validator().get().value());
    }
    try (Answer answer = web.get(source.uri(), headers)) {
      Reception reception = new Reception(name, source, answer);
      Resume expected = reception.expect(from, note);
      if (reception.whole()) {
        from = 0;
        part.begin(expected);
      } else {
        part.write(expected);
      }
      Resume complete = receive(answer, from, expected);
      return verified(complete);
    }
  }

  /** Takes a body, and knows then how long the file is. */
  private Resume receive(Answer answer, long from, Resume expected)
      throws IOException, InterruptedException {
    long end = expected.total().orElse(source.size().most());
    room.require(
        part.path(), expected.total().orElse(Math.max(from, source.size().least())) - from);
    long at = from;
    long asked = from;
    listener.progressed(name, at, expected.total().orElse(-1));
    try (FileChannel out = part.append()) {
      Optional<List<ByteBuffer>> piece = answer.body().next(settings.stallTimeout());
      while (piece.isPresent()) {
        long bytes = piece.get().stream().mapToLong(ByteBuffer::remaining).sum();
        if (bytes > end - at) {
          throw tooMuch(expected);
        }
        write(out, piece.get());
        boolean tellTale = at < FileKind.HEAD_BYTES && at + bytes >= FileKind.HEAD_BYTES;
        at += bytes;
        if (tellTale) {
          requireKind();
        }
        if (expected.total().isEmpty() && at - asked >= ASK_AGAIN_BYTES) {
          room.require(part.path(), ASK_AGAIN_BYTES);
          asked = at;
        }
        listener.progressed(name, at, expected.total().orElse(-1));
        piece = answer.body().next(settings.stallTimeout());
      }
    }
    if (expected.total().isPresent() && at < expected.total().getAsLong()) {
      throw new Setback.Again(
          "the server ended after " + at + " of " + expected.total().getAsLong() + " bytes",
          Optional.empty(),
          null);
    }
    Resume complete = expected.withTotal(at);
    part.write(complete);
    return complete;
  }

  /** Stops before a server that does not end fills the disk. */
  private IOException tooMuch(Resume expected) throws IOException {
    if (expected.total().isPresent()) {
      return new Setback.FromStart(
          Reason.PROTOCOL, "more came than " + expected.total().getAsLong() + " bytes");
    }
    part.discard();
    return wrong(source.size().toString(), "more than that");
  }

  private void write(FileChannel out, List<ByteBuffer> buffers) throws IOException {
    try {
      for (ByteBuffer buffer : buffers) {
        while (buffer.hasRemaining()) {
          out.write(buffer);
        }
      }
    } catch (IOException e) {
      if (OutputException.whileWriting(part.path(), e) instanceof OutputException o) {
        throw new FetchException(
            Reason.DISK,
            new Problem(
                o.problem().expected(), o.problem().found(), part.path().toString(), Room.REMEDY),
            e);
      }
      throw e;
    }
  }

  /** Looks at the beginning as soon as it is there: a web page is not worth waiting for. */
  private void requireKind() throws IOException {
    byte[] head;
    try (var in = Files.newInputStream(part.path())) {
      head = in.readNBytes(FileKind.HEAD_BYTES);
    }
    Optional<String> objection = source.kind().objection(head);
    if (objection.isPresent()) {
      part.discard();
      throw wrong(source.kind().noun(), objection.get());
    }
  }

  /** Compares a whole file with all that is known of it, and forces it to the disk. */
  private Fetched verified(Resume complete) throws IOException {
    long bytes = part.length();
    listener.verifying(name, bytes);
    if (!source.size().allows(bytes)) {
      part.discard();
      throw wrong(source.size().toString(), String.format(java.util.Locale.ROOT, "%,d", bytes));
    }
    Set<Hash> known = new LinkedHashSet<>(source.hashes());
    known.addAll(complete.hashes());
    Set<Algorithm> wanted = EnumSet.of(Algorithm.SHA256);
    known.forEach(h -> wanted.add(h.algorithm()));
    Map<Algorithm, Hash> found = Digests.of(part.path(), wanted);
    for (Hash hash : known) {
      if (!found.get(hash.algorithm()).equals(hash)) {
        throw new Setback.FromStart(
            Reason.WRONG_CONTENT,
            "checksum " + found.get(hash.algorithm()) + " where " + hash + " is published");
      }
    }
    boolean sure = source.size().exact() || !known.isEmpty();
    Optional<String> objection = Structure.objection(part.path(), source.kind(), sure);
    if (objection.isPresent()) {
      part.discard();
      throw wrong(source.kind().noun(), objection.get());
    }
    part.sync();
    Optional<String> etag =
        complete.validator().filter(v -> v.header().equals(Validator.ETAG)).map(Validator::value);
    return new Fetched(
        Addresses.shown(source.uri()),
        bytes,
        found.get(Algorithm.SHA256),
        etag,
        new ArrayList<>(known));
  }

  private FetchException wrong(String expected, String found) {
    return Reception.refused(Reason.WRONG_CONTENT, source, expected, found);
  }

  /** What is said when no further attempt is made. */
  FetchException failed(Reason reason, Setback last) {
    String remedy =
        reason == Reason.UNREACHABLE
            ? "check the connection and run it again: it goes on where it ended"
            : "try later or another --base-url; nothing was left behind";
    return new FetchException(
        reason,
        new Problem(
            "all of " + name,
            last.getMessage() + asked(last),
            Addresses.shown(source.uri()),
            remedy),
        last);
  }

  private static String asked(Setback last) {
    return last instanceof Setback.Again again && again.asked().isPresent()
        ? "; the server asks to wait until " + Instant.now().plus(again.asked().get()).toString()
        : "";
  }
}
