package io.github.tfbit.checkpoints.fetch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.tfbit.checkpoints.fetch.FetchException.Reason;
import io.github.tfbit.checkpoints.fetch.Hash.Algorithm;
import java.io.IOException;
import java.nio.file.Files;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Servers that refuse, redirect and publish checksums; disks without room. */
class HostileAnswerTest extends HostileCase {
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
}
