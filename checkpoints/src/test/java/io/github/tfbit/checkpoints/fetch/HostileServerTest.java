package io.github.tfbit.checkpoints.fetch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.tfbit.checkpoints.fetch.FetchException.Reason;
import io.github.tfbit.checkpoints.fetch.Hash.Algorithm;
import io.github.tfbit.checkpoints.fetch.ScriptedServer.Script;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Servers that cut, stall and lie: the right file enters the cache, or none. */
class HostileServerTest {
  private static final byte[] FILE = Hostile.bytes(300_000, 1);
  private static final byte[] OTHER = Hostile.bytes(300_000, 2);
  private static final String TAG = Hostile.TAG;
  private static final String LENGTH = "Content-Length: " + FILE.length;

  @TempDir private Path folder;
  private Hostile h;

  private Hostile server(Script script) throws IOException {
    h = new Hostile(folder, FILE, script);
    return h;
  }

  @AfterEach
  void close() throws IOException {
    h.close();
  }

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

  @Test
  void refusesLengthThatIsNotTheExpected() throws IOException {
    server((n, request, to) -> to.file(request, FILE, TAG));
    h.source =
        new Source(h.source.uri(), ExpectedSize.exactly(300_001), List.of(), FileKind.BINARY);
    h.fails(Reason.WRONG_CONTENT, "expected 300,001 bytes", "found a file of 300,000 bytes");
    assertEquals(1, h.server.requests().size());
  }

  @Test
  void refusesLengthFarFromThePrediction() throws IOException {
    server((n, request, to) -> to.file(request, FILE, TAG));
    h.source = new Source(h.source.uri(), ExpectedSize.about(700_000), List.of(), FileKind.BINARY);
    h.fails(Reason.WRONG_CONTENT, "expected 350,000 to 1,400,000 bytes");
  }

  @Test
  void refusesFileThatTooSmallALengthCutsOff() throws IOException {
    byte[] zip = Zips.of(200_000);
    server(
        (n, request, to) ->
            to.head("200 OK", "Content-Length: 150000", "ETag: " + TAG).bytes(zip, 0, zip.length));
    h.source = Source.of(h.source.uri(), FileKind.ZIP);
    h.fails(Reason.WRONG_CONTENT, "one that is cut off or damaged");
  }

  @Test
  void neverTakesMoreThanExpected() throws IOException {
    server(
        (n, request, to) -> {
          to.head("200 OK", "Transfer-Encoding: chunked");
          for (int i = 0; i < 1000; i++) {
            to.chunk(FILE, 0, FILE.length);
          }
        });
    h.source =
        new Source(h.source.uri(), ExpectedSize.exactly(400_000), List.of(), FileKind.BINARY);
    h.fails(Reason.WRONG_CONTENT, "expected 400,000 bytes", "found more than that");
    assertEquals(1, h.server.requests().size());
  }

  @Test
  void takesChunksWithoutALength() throws IOException {
    server(
            (n, request, to) ->
                to.head("200 OK", "Transfer-Encoding: chunked")
                    .chunk(FILE, 0, 1)
                    .chunk(FILE, 1, FILE.length)
                    .chunk(FILE, 0, 0))
        .succeeds();
  }

  @Test
  void resumesChunksThatWereCut() throws IOException {
    server(
            (n, request, to) -> {
              if (n == 0) {
                to.head("200 OK", "Transfer-Encoding: chunked", "ETag: " + TAG)
                    .chunk(FILE, 0, 100_000);
              } else {
                to.file(request, FILE, TAG);
              }
            })
        .succeeds();
    assertEquals(List.of(0L, 100_000L), h.ranges());
  }

  @Test
  void refusesBodyThatEndsWithTheConnectionWhenNothingElseIsKnown() throws IOException {
    server((n, request, to) -> to.head("200 OK").bytes(FILE, 0, 1000))
        .fails(Reason.PROTOCOL, "a length, so that a cut is noticed");
  }

  @Test
  void refusesEmptyBody() throws IOException {
    server((n, request, to) -> to.head("200 OK", "Content-Length: 0"))
        .fails(Reason.WRONG_CONTENT, "at least 1 bytes");
  }

  @Test
  void refusesLengthBeyondNumbers() throws IOException {
    server(
            (n, request, to) ->
                to.head("200 OK", "Content-Length: 99999999999999999999", "ETag: " + TAG)
                    .bytes(FILE, 0, 1000))
        .fails(Reason.UNREACHABLE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"text/html; charset=utf-8", "application/octet-stream"})
  void refusesWebPageWithStatus200(String type) throws IOException {
    String page = " \n<!DOCTYPE html><html><title>Sign in</title></html>" + " ".repeat(2000);
    server(
            (n, request, to) ->
                to.head("200 OK", "Content-Length: " + page.length(), "Content-Type: " + type)
                    .text(page))
        .fails(Reason.WRONG_CONTENT, "found a web page");
    assertEquals(1, h.server.requests().size());
  }

  @Test
  void refusesShortWebPage() throws IOException {
    server((n, request, to) -> to.head("200 OK", "Content-Length: 12").text("<html></html"))
        .fails(Reason.WRONG_CONTENT, "found a web page (it begins '<html></html')");
  }

  @Test
  void refusesTextInPlaceOfZip() throws IOException {
    server((n, request, to) -> to.head("200 OK", "Content-Length: 9").text("Not found"));
    h.source = Source.of(h.source.uri(), FileKind.ZIP);
    h.fails(Reason.WRONG_CONTENT, "expected a zip archive (npz)", "it begins 'Not found'");
  }

  @Test
  void refusesCompressedBody() throws IOException {
    server(
            (n, request, to) ->
                to.head("200 OK", LENGTH, "Content-Encoding: gzip").bytes(FILE, 0, FILE.length))
        .fails(Reason.PROTOCOL, "it in the encoding 'gzip'");
    assertEquals("identity", h.server.requests().get(0).headers().get("accept-encoding"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"404 Not Found", "403 Forbidden", "401 Unauthorized", "410 Gone"})
  void doesNotAskAgainForWhatIsNotThere(String status) throws IOException {
    server((n, request, to) -> to.head(status, "Content-Length: 0"))
        .fails(Reason.NOT_THERE, "the server answered " + status.substring(0, 3));
    assertEquals(1, h.server.requests().size());
  }

  @ParameterizedTest
  @ValueSource(strings = {"500 Oops", "502 Oops", "503 Oops", "504 Oops", "429 Oops", "408 Oops"})
  void asksAgainAfterPassingTrouble(String status) throws IOException {
    server(
            (n, request, to) -> {
              if (n < 2) {
                to.head(status, "Content-Length: 4").text("oops");
              } else {
                to.file(request, FILE, TAG);
              }
            })
        .succeeds();
    assertEquals(3, h.server.requests().size());
  }

  @Test
  void asksNoMoreOftenThanAllowed() throws IOException {
    server((n, request, to) -> to.head("503 Busy", "Content-Length: 0"))
        .fails(Reason.UNREACHABLE, "the server answered 503");
    assertEquals(3, h.server.requests().size());
  }

  @Test
  void waitsAsLongAsTheServerAsks() throws IOException {
    server(
            (n, request, to) -> {
              if (n == 0) {
                to.head("503 Busy", "Content-Length: 0", "Retry-After: 0");
              } else {
                to.file(request, FILE, TAG);
              }
            })
        .succeeds();
  }

  @Test
  void givesUpWhenTheServerAsksToWaitTooLong() throws IOException {
    server((n, request, to) -> to.head("429 Slow", "Content-Length: 0", "Retry-After: 3600"))
        .fails(Reason.UNREACHABLE, "the server asks to wait until 20");
    assertEquals(1, h.server.requests().size());
  }

  @Test
  void followsRedirects() throws IOException {
    server(
            (n, request, to) -> {
              switch (request.path()) {
                case "/m.bin" -> to.head("302 Found", "Location: /a/b?x=1#y", "Content-Length: 0");
                case "/a/b?x=1" -> to.head("307 On", "Location: c", "Content-Length: 0");
                default -> to.file(request, FILE, TAG);
              }
            })
        .succeeds();
    assertEquals("/a/c", h.server.requests().get(2).path());
  }

  @Test
  void resumesBehindARedirect() throws IOException {
    server(
            (n, request, to) -> {
              if (request.path().equals("/m.bin")) {
                to.head("302 Found", "Location: /real?signed=" + n, "Content-Length: 0");
              } else if (n == 1) {
                to.head("200 OK", LENGTH, "ETag: " + TAG).bytes(FILE, 0, 100_000);
              } else {
                to.file(request, FILE, TAG);
              }
            })
        .succeeds();
    assertEquals(List.of(0L, 0L, 100_000L, 100_000L), h.ranges());
  }

  @Test
  void refusesRedirectsInCircles() throws IOException {
    server(
            (n, request, to) ->
                to.head(
                    "302 Found",
                    "Location: " + (n % 2 == 0 ? "/other" : "/m.bin"),
                    "Content-Length: 0"))
        .fails(Reason.PROTOCOL, "a redirect in a circle");
    assertEquals(2, h.server.requests().size());
  }

  @Test
  void refusesEndlessRedirects() throws IOException {
    server((n, request, to) -> to.head("302 Found", "Location: /" + n, "Content-Length: 0"))
        .fails(Reason.PROTOCOL, "more than 10 redirects");
    assertEquals(11, h.server.requests().size());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "file:///etc/passwd",
        "ftp://127.0.0.1/m",
        "http://u:p@127.0.0.1/",
        "http:///",
        "::"
      })
  void refusesRedirectOutOfTheWeb(String location) throws IOException {
    server((n, request, to) -> to.head("302 Found", "Location: " + location, "Content-Length: 0"))
        .fails(Reason.PROTOCOL, "a redirect to ");
  }

  @Test
  void refusesRedirectWithoutTarget() throws IOException {
    server((n, request, to) -> to.head("302 Found", "Content-Length: 0"))
        .fails(Reason.PROTOCOL, "a redirect without a target");
  }

  @ParameterizedTest
  @ValueSource(strings = {"crc32c", "md5"})
  void verifiesGoogleHashes(String name) throws IOException {
    Algorithm algorithm = name.equals("md5") ? Algorithm.MD5 : Algorithm.CRC32C;
    server(
            (n, request, to) ->
                to.file(
                    request,
                    FILE,
                    TAG,
                    "x-goog-hash: sha9=AAAA," + name + "=" + base64(algorithm, FILE)))
        .succeeds();
    String record = Files.readString(folder.resolve("m.bin.json"));
    assertTrue(record.contains("\"" + algorithm.name() + " "), record);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "x-goog-hash: crc32c=AAAAAA==",
        "x-goog-hash: md5=AAAAAAAAAAAAAAAAAAAAAA==",
        "Content-MD5: AAAAAAAAAAAAAAAAAAAAAA=="
      })
  void refusesWrongChecksum(String header) throws IOException {
    server((n, request, to) -> to.file(request, FILE, TAG, header))
        .fails(Reason.WRONG_CONTENT, "is published");
    assertEquals(3, h.server.requests().size()); // begun anew as often as allowed
  }

  @Test
  void verifiesHashThatARedirectGives() throws IOException {
    String right = HexFormat.of().formatHex(Hex.digest(Algorithm.SHA256, OTHER));
    server(
            (n, request, to) -> {
              if (request.path().equals("/m.bin")) {
                to.head(
                    "302 Found",
                    "Location: /cdn",
                    "X-Linked-Etag: \"" + right + "\"",
                    "Content-Length: 0");
              } else {
                to.file(request, FILE, TAG);
              }
            })
        .fails(Reason.WRONG_CONTENT, "sha256 " + right + " is published");
  }

  @Test
  void refusesHashThatIsNotTheExpected() throws IOException {
    server((n, request, to) -> to.file(request, FILE, TAG));
    Hash expected = Hash.of(Algorithm.SHA256, Hex.digest(Algorithm.SHA256, OTHER));
    h.source =
        new Source(h.source.uri(), ExpectedSize.unknown(), List.of(expected), FileKind.BINARY);
    h.fails(Reason.WRONG_CONTENT, expected.hex());
  }

  @Test
  void asksForRoomFirst() throws IOException {
    server((n, request, to) -> to.file(request, FILE, TAG));
    h.room = folder -> OptionalLong.of(Room.MARGIN_BYTES + 299_999);
    FetchException e = null;
    try {
      h.fetch();
    } catch (FetchException caught) {
      e = caught;
    }
    assertEquals(Reason.DISK, e.reason());
    assertTrue(e.getMessage().contains("room for 300,000 bytes more"), e.getMessage());
    assertEquals(0, Files.size(folder.resolve("m.bin.part")));
    assertEquals(Optional.empty(), h.cache().find(h.artefact()));
  }

  @Test
  void namesWhatAnInterruptionLeftAndGoesOnLater() throws IOException {
    server(
        (n, request, to) -> {
          if (n < 3) {
            to.head("200 OK", LENGTH, "ETag: " + TAG).bytes(FILE, 0, n == 0 ? 100_000 : 0);
          } else {
            to.file(request, FILE, TAG);
          }
        });
    h.settings = attempts(1);
    h.failsResumably(Reason.UNREACHABLE, "run it again");
  }

  @Test
  void stopsReadingWhenInterrupted() throws Exception {
    server(
        (n, request, to) -> {
          to.head("200 OK", LENGTH, "ETag: " + TAG).bytes(FILE, 0, 100_000);
          h.heard.add("sent");
          to.stall();
        });
    Thread.currentThread().interrupt();
    org.junit.jupiter.api.Assertions.assertThrows(IOException.class, h::fetch);
    assertTrue(Thread.interrupted());
    assertEquals(Optional.empty(), h.cache().find(h.artefact()));
  }

  private static FetchSettings attempts(int most) {
    FetchSettings s = Hostile.IMPATIENT;
    return new FetchSettings(
        s.connectTimeout(), s.stallTimeout(), most, s.restarts(), s.firstWait(), s.longestWait());
  }

  private static String base64(Algorithm algorithm, byte[] bytes) {
    return Base64.getEncoder().encodeToString(Hex.digest(algorithm, bytes));
  }

  /** Checksums by the test's own means. */
  private static final class Hex {
    static byte[] digest(Algorithm algorithm, byte[] bytes) {
      try {
        return switch (algorithm) {
          case CRC32C -> {
            java.util.zip.CRC32C crc = new java.util.zip.CRC32C();
            crc.update(bytes);
            yield java.nio.ByteBuffer.allocate(4).putInt((int) crc.getValue()).array();
          }
          case MD5 -> java.security.MessageDigest.getInstance("MD5").digest(bytes);
          case SHA256 -> java.security.MessageDigest.getInstance("SHA-256").digest(bytes);
        };
      } catch (java.security.NoSuchAlgorithmException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  /** A stored zip archive of a given size or more. */
  private static final class Zips {
    static byte[] of(int size) throws IOException {
      var out = new java.io.ByteArrayOutputStream();
      try (var zip = new java.util.zip.ZipOutputStream(out)) {
        zip.putNextEntry(new java.util.zip.ZipEntry("a.npy"));
        zip.write(Hostile.bytes(size, 3));
      }
      return out.toByteArray();
    }
  }
}
