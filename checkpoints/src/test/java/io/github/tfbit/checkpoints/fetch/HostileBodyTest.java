package io.github.tfbit.checkpoints.fetch;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.tfbit.checkpoints.fetch.FetchException.Reason;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Servers whose body is not what it should be: a wrong length, a web page, compressed. */
class HostileBodyTest extends HostileCase {
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
}
