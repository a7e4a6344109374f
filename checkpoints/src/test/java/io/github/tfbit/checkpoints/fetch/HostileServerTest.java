package io.github.tfbit.checkpoints.fetch;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.tfbit.checkpoints.fetch.FetchException.Reason;
import io.github.tfbit.checkpoints.fetch.Hash.Algorithm;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Servers that cut, stall and change what they serve: the right file enters the cache, or none. */
class HostileServerTest extends HostileCase {
  @Test
  void fetchesFromAnHonestServer() throws IOException {
    server((n, request, to) -> to.file(request, FILE, TAG)).succeeds();
    assertEquals(List.of(0L), h.ranges());
  }

  @Test
  void resumesWhatWasCut() throws IOException {
    server(
            (n, request, to) -> {
              if (n == 0) {
                to.head("200 OK", LENGTH, "ETag: " + TAG).bytes(FILE, 0, 100_000);
              } else {
                to.file(request, FILE, TAG);
              }
            })
        .succeeds();
    assertEquals(List.of(0L, 100_000L), h.ranges());
    assertEquals(TAG, h.server.requests().get(1).headers().get("if-range"));
  }

  @Test
  void keepsWhatCameFromServerThatCutsEveryTime() throws IOException {
    server(
            (n, request, to) -> {
              int from = (int) request.from();
              String range = "Content-Range: bytes " + from + "-299999/300000";
              to.head(
                      from > 0 ? "206 Partial Content" : "200 OK",
                      "Content-Length: " + (FILE.length - from),
                      "ETag: " + TAG,
                      from > 0 ? range : "X-Nothing: 1")
                  .bytes(FILE, from, from + 1000);
            })
        .failsResumably(Reason.UNREACHABLE, "the connection broke off", "goes on where it ended");
    assertEquals(List.of(0L, 1000L, 2000L), h.ranges());
    assertEquals(3000, Files.size(folder.resolve("m.bin.part")));
  }

  @Test
  void resumesAfterAStall() throws IOException {
    server(
            (n, request, to) -> {
              if (n == 0) {
                to.head("200 OK", LENGTH, "ETag: " + TAG).bytes(FILE, 0, 100_000).stall();
              } else {
                to.file(request, FILE, TAG);
              }
            })
        .succeeds();
    assertEquals(List.of("retrying: nothing came for 0.3 s"), h.heard);
    assertEquals(List.of(0L, 100_000L), h.ranges());
  }

  @Test
  void givesUpOnServerThatNeverAnswers() throws IOException {
    server((n, request, to) -> to.stall());
    h.settings = attempts(2);
    h.fails(Reason.UNREACHABLE, "no answer within 0.3 s");
    assertEquals(2, h.server.requests().size());
  }

  @Test
  void startsOverWithServerThatIgnoresRange() throws IOException {
    server(
            (n, request, to) -> {
              to.head("200 OK", LENGTH, "ETag: " + TAG)
                  .bytes(FILE, 0, n == 0 ? 100_000 : FILE.length);
            })
        .succeeds();
    assertEquals(List.of(0L, 100_000L), h.ranges());
  }

  @Test
  void startsOverWhenTheFileChangesBetweenTwoRanges() throws IOException {
    byte[] old = OTHER;
    server(
            (n, request, to) -> {
              if (n == 0) {
                to.head("200 OK", LENGTH, "ETag: \"v0\"").bytes(old, 0, 100_000);
              } else {
                to.file(request, FILE, TAG);
              }
            })
        .succeeds();
    assertEquals("\"v0\"", h.server.requests().get(1).headers().get("if-range"));
  }

  @Test
  void startsOverWhenServerHidesTheChangeBehindARange() throws IOException {
    server(
            (n, request, to) -> {
              if (n == 0) {
                to.head("200 OK", LENGTH, "ETag: \"v0\"").bytes(OTHER, 0, 100_000);
              } else if (n == 1) { // ignores If-Range
                to.head(
                        "206 Partial Content",
                        "Content-Length: 200000",
                        "Content-Range: bytes 100000-299999/300000",
                        "ETag: " + TAG)
                    .bytes(FILE, 100_000, 300_000);
              } else {
                to.file(request, FILE, TAG);
              }
            })
        .succeeds();
    assertEquals(List.of(0L, 100_000L, 0L), h.ranges());
  }

  @Test
  void startsOverWhenOnlyTheChecksumShowsTheChange() throws IOException {
    server(
            (n, request, to) -> {
              String hash = "x-goog-hash: crc32c=" + base64(Algorithm.CRC32C, FILE);
              if (n == 0) {
                to.head("200 OK", LENGTH, "ETag: " + TAG, hash).bytes(OTHER, 0, 100_000);
              } else {
                to.file(request, FILE, TAG, hash);
              }
            })
        .succeeds();
    assertEquals(List.of(0L, 100_000L, 0L), h.ranges());
  }

  @Test
  void givesUpOnFileThatChangesAllTheTime() throws IOException {
    server(
        (n, request, to) -> {
          if (n % 2 == 0) {
            to.head("200 OK", LENGTH, "ETag: \"" + n + "\"").bytes(FILE, 0, 1000);
          } else {
            to.head("416 Range Not Satisfiable", "Content-Range: bytes */10");
          }
        });
    h.settings = attempts(9);
    h.fails(Reason.PROTOCOL, "no bytes from 1000 on: the file has changed");
    assertEquals(6, h.server.requests().size());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "bytes 99999-299999/300000",
        "bytes 0-299999/300000",
        "bytes 100000-299999/300001",
        "bytes 100000-300000/300000",
        "bytes 100000-99999/300000",
        "bytes */300000",
        "bytes 100000-299999/-1",
        "lines 100000-299999/300000",
        "bytes 99999999999999999999-299999/300000"
      })
  void startsOverAfterWrongRange(String range) throws IOException {
    server(
            (n, request, to) -> {
              if (n == 0) {
                to.head("200 OK", LENGTH, "ETag: " + TAG).bytes(FILE, 0, 100_000);
              } else if (n == 1) {
                to.head("206 Partial Content", "Content-Range: " + range, "ETag: " + TAG)
                    .bytes(OTHER, 0, 200_000);
              } else {
                to.file(request, FILE, TAG);
              }
            })
        .succeeds();
    assertEquals(List.of(0L, 100_000L, 0L), h.ranges());
  }

  @Test
  void refusesPartThatWasNotAskedFor() throws IOException {
    server(
            (n, request, to) ->
                to.head(
                        "206 Partial Content",
                        "Content-Range: bytes 0-299999/300000",
                        LENGTH,
                        "ETag: " + TAG)
                    .bytes(FILE, 0, FILE.length))
        .fails(Reason.PROTOCOL, "which was not asked for");
    assertEquals(3, h.server.requests().size());
  }

  @Test
  void takesPartsOfAnyLength() throws IOException {
    server(
            (n, request, to) -> {
              int from = (int) request.from();
              if (from == 0) {
                to.head("200 OK", LENGTH, "ETag: " + TAG).bytes(FILE, 0, 100_000);
              } else {
                int end = Math.min(FILE.length, from + 100_000);
                to.head(
                        "206 Partial Content",
                        "Content-Length: " + (end - from),
                        "Content-Range: bytes " + from + "-" + (end - 1) + "/300000",
                        "ETag: " + TAG)
                    .bytes(FILE, from, end);
              }
            })
        .succeeds();
    assertEquals(List.of(0L, 100_000L, 200_000L), h.ranges());
  }

  @Test
  void doesNotResumeByAWeakTag() throws IOException {
    server(
            (n, request, to) ->
                to.head("200 OK", LENGTH, "ETag: W/" + TAG)
                    .bytes(FILE, 0, n == 0 ? 100_000 : FILE.length))
        .succeeds();
    assertEquals(List.of(0L, 0L), h.ranges());
  }

  @Test
  void doesNotResumeByADateOfJustNow() throws IOException {
    server(
            (n, request, to) ->
                to.head(
                        "200 OK",
                        LENGTH,
                        "Last-Modified: Tue, 24 Nov 2026 10:00:00 GMT",
                        "Date: Tue, 24 Nov 2026 10:00:59 GMT")
                    .bytes(FILE, 0, n == 0 ? 100_000 : FILE.length))
        .succeeds();
    assertEquals(List.of(0L, 0L), h.ranges());
  }

  @Test
  void resumesByADateOfLongAgo() throws IOException {
    String date = "Tue, 24 Nov 2020 10:00:00 GMT";
    server(
            (n, request, to) ->
                to.head(
                        n == 0 ? "200 OK" : "206 Partial Content",
                        n == 0 ? LENGTH : "Content-Range: bytes 100000-299999/300000",
                        "Last-Modified: " + date,
                        "Date: Tue, 24 Nov 2026 10:00:00 GMT")
                    .bytes(FILE, n == 0 ? 0 : 100_000, n == 0 ? 100_000 : FILE.length))
        .succeeds();
    assertEquals(date, h.server.requests().get(1).headers().get("if-range"));
  }
}
