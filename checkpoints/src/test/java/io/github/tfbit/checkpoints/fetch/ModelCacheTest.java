package io.github.tfbit.checkpoints.fetch;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.tfbit.checkpoints.CheckpointException;
import io.github.tfbit.checkpoints.CheckpointException.Corrupt;
import io.github.tfbit.checkpoints.fetch.Artefact.Member;
import io.github.tfbit.checkpoints.fetch.FetchException.Reason;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the cache takes in, keeps and gives out. */
class ModelCacheTest {
  private static final byte[] FILE = Hostile.bytes(5_000, 1);
  private static final byte[] SECOND = Hostile.bytes(7_000, 2);

  @TempDir private Path folder;
  private Hostile h;

  @BeforeEach
  void start() throws IOException {
    h =
        new Hostile(
            folder,
            FILE,
            (n, request, to) -> {
              if (request.path().endsWith("/missing")) {
                to.head("404 Not Found", "Content-Length: 0");
              } else {
                to.file(request, request.path().endsWith("2") ? SECOND : FILE, Hostile.TAG);
              }
            });
  }

  @AfterEach
  void close() throws IOException {
    h.close();
  }

  private ModelCache offline() {
    return ModelCache.of(folder, Map.of("TFBIT_OFFLINE", "1"), Hostile.IMPATIENT);
  }

  private Path fetch(ModelCache cache) throws IOException {
    return cache.fetch(h.artefact(), Optional.empty(), h.listener());
  }

  @Test
  void fetchesOnlyOnce() throws IOException {
    h.succeeds();
    h.succeeds();
    assertEquals(1, h.server.requests().size());
  }

  @Test
  void recordsWhatItVerified() throws IOException {
    h.fetch();
    CacheRecord record = CacheRecord.read(folder.resolve("m.bin.json")).orElseThrow();
    Fetched file = record.file("").orElseThrow();
    assertEquals("M", record.name());
    assertEquals(h.source.uri().toString(), file.address());
    assertEquals(FILE.length, file.bytes());
    assertEquals(Optional.of(Hostile.TAG), file.etag());
  }

  @Test
  void fetchesAgainWhatLostABit() throws IOException {
    Path path = h.fetch();
    byte[] damaged = FILE.clone();
    damaged[4321] ^= 1;
    Files.write(path, damaged);
    assertEquals(Optional.empty(), h.cache().find(h.artefact()));
    h.succeeds();
    assertTrue(h.heard.get(0).startsWith("damaged: sha256 "), h.heard.toString());
  }

  @Test
  void fetchesAgainWhatWasCut() throws IOException {
    Path path = h.fetch();
    Files.write(path, new byte[17]);
    h.succeeds();
    assertEquals(List.of("damaged: 17 bytes, recorded are 5,000"), h.heard);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "[]",
        "null",
        "{\"name\":\"M\",\"date\":\"x\",\"files\":[]}",
        "{\"a\":1}"
      })
  void fetchesAgainWhenTheRecordIsBroken(String record) throws IOException {
    h.fetch();
    Files.writeString(folder.resolve("m.bin.json"), record);
    h.succeeds();
    assertEquals(2, h.server.requests().size());
  }

  @Test
  void keepsNothingOfWhatTheArtefactItselfRefuses() {
    Artefact picky =
        h.artefact()
            .checkedBy(
                fetched -> {
                  assertArrayEquals(FILE, Files.readAllBytes(fetched));
                  throw CheckpointException.corrupt("here", "a model", "another");
                });
    assertThrows(Corrupt.class, () -> h.cache().fetch(picky, Optional.empty(), FetchListener.NONE));
    assertEquals(List.of(), assertContents());
  }

  private List<String> assertContents() {
    try {
      return h.contents();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @Test
  void makesNoConnectionOffline() {
    FetchException e = assertThrows(FetchException.class, () -> fetch(offline()));
    assertEquals(Reason.OFFLINE, e.reason());
    assertEquals("nothing in the cache", e.problem().found());
    assertTrue(
        e.problem().remedy().contains(h.source.uri() + " at " + folder.resolve("m.bin")),
        e.getMessage());
    assertEquals(0, h.server.requests().size());
  }

  @Test
  void answersOfflineWhatIsThere() throws IOException {
    Path path = h.fetch();
    assertEquals(path, fetch(offline()));
  }

  @Test
  void refusesWhatIsDamagedOffline() throws IOException {
    Files.write(h.fetch(), new byte[17]);
    FetchException e = assertThrows(FetchException.class, () -> fetch(offline()));
    assertTrue(e.problem().found().contains("damaged one in the cache (17 bytes"), e.getMessage());
  }

  @Test
  void takesWhatWasPutThereByHand() throws IOException {
    Files.write(folder.resolve("m.bin"), FILE);
    assertEquals(folder.resolve("m.bin"), fetch(offline()));
    assertEquals(List.of("adopted"), h.heard);
    assertEquals(Optional.of(folder.resolve("m.bin")), h.cache().find(h.artefact()));
  }

  @Test
  void refusesWhatWasPutThereByHandAndIsSomethingElse() throws IOException {
    Files.writeString(folder.resolve("m.bin"), "<!doctype html>");
    FetchException e = assertThrows(FetchException.class, () -> fetch(offline()));
    assertEquals("something else in its place, which has no record", e.problem().found());
    h.succeeds(); // and fetches the right one when it may
  }

  @ParameterizedTest
  @ValueSource(strings = {"/base", "/base/", "/base//"})
  void fetchesFromAMirror(String base) throws IOException {
    Artefact deep =
        Artefact.file(
            "M",
            "vtab/a-b.npz",
            Source.of(URI.create("https://example.invalid/x"), FileKind.BINARY));
    Path path = h.cache().fetch(deep, Optional.of(h.server.uri(base)), FetchListener.NONE);
    assertEquals(folder.resolve("vtab").resolve("a-b.npz"), path);
    assertEquals("/base/vtab/a-b.npz", h.server.requests().get(0).path());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"file:///tmp", "ftp://h/", "https://u:p@h/", "https://h/?a=b", "https:///", "h"})
  void refusesOtherMirrors(String mirror) {
    assertThrows(
        IllegalArgumentException.class, () -> ModelCache.requireMirror(URI.create(mirror)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "../x", "/x", "a/../b", "a//b", "a/", ".hidden", "a\\b", "C:x", "a b", "a/.b"})
  void keepsPathsInside(String path) {
    assertThrows(IllegalArgumentException.class, () -> Artefact.file("M", path, h.source));
  }

  private Artefact directory(String second) {
    return Artefact.directory(
        "D",
        "sub/d",
        List.of(
            new Member("one.pb", Source.of(h.server.uri("/1"), FileKind.BINARY)),
            new Member("variables/two.data", Source.of(h.server.uri(second), FileKind.BINARY))));
  }

  @Test
  void fetchesDirectoriesWhole() throws IOException {
    Path path = h.cache().fetch(directory("/2"), Optional.empty(), FetchListener.NONE);
    assertEquals(folder.resolve("sub").resolve("d"), path);
    assertArrayEquals(SECOND, Files.readAllBytes(path.resolve("variables/two.data")));
    assertEquals(List.of("sub/d.json", "sub/d/one.pb", "sub/d/variables/two.data"), h.contents());
    assertEquals(Optional.of(path), h.cache().find(directory("/2")));
  }

  @Test
  void keepsDirectoriesOutUntilTheyAreWhole() throws IOException {
    assertThrows(
        FetchException.class,
        () -> h.cache().fetch(directory("/missing"), Optional.empty(), FetchListener.NONE));
    assertFalse(Files.exists(folder.resolve("sub/d")));
    assertEquals(List.of("sub/d.part/files/one.pb", "sub/d.part/record.json"), h.contents());
    h.cache().fetch(directory("/2"), Optional.empty(), FetchListener.NONE);
    assertEquals(3, h.server.requests().size()); // the first file is not fetched twice
    assertEquals(List.of("sub/d.json", "sub/d/one.pb", "sub/d/variables/two.data"), h.contents());
  }

  @Test
  void replacesDamagedDirectories() throws IOException {
    Path path = h.cache().fetch(directory("/2"), Optional.empty(), FetchListener.NONE);
    Files.delete(path.resolve("one.pb"));
    h.cache().fetch(directory("/2"), Optional.empty(), h.listener());
    assertEquals(List.of("damaged: one.pb: missing"), h.heard);
    assertArrayEquals(FILE, Files.readAllBytes(path.resolve("one.pb")));
  }

  @Test
  void fetchesOnceForManyThreads() throws Exception {
    CountDownLatch together = new CountDownLatch(4);
    ExecutorService threads = Executors.newFixedThreadPool(4);
    List<Future<Path>> all = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      all.add(
          threads.submit(
              () -> {
                together.countDown();
                together.await();
                return h.cache().fetch(h.artefact(), Optional.empty(), FetchListener.NONE);
              }));
    }
    for (Future<Path> f : all) {
      assertArrayEquals(FILE, Files.readAllBytes(f.get()));
    }
    threads.shutdown();
    assertEquals(1, h.server.requests().size());
  }

  @Test
  void goesOnWithAPartOfThisFileOnly() throws IOException {
    Files.write(folder.resolve("m.bin.part"), new byte[100]);
    Resume other =
        new Resume(
            URI.create("https://example.invalid/other"),
            Optional.of(new Validator("etag", Hostile.TAG)),
            java.util.OptionalLong.of(FILE.length),
            List.of());
    Files.writeString(folder.resolve("m.bin.part.json"), other.json());
    h.succeeds();
    assertEquals(List.of(0L), h.ranges());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{}", "[1]", "{\"address\":7,\"hashes\":[\"MD5\"]}"})
  void startsOverWhenItsOwnNoteIsBroken(String note) throws IOException {
    Files.write(folder.resolve("m.bin.part"), new byte[100]);
    Files.writeString(folder.resolve("m.bin.part.json"), note);
    h.succeeds();
    assertEquals(List.of(0L), h.ranges());
  }

  @Test
  void tidiesUpAfterOneThatWasKilledBehindItsMove() throws IOException {
    h.fetch();
    Files.writeString(folder.resolve("m.bin.part.json"), "{}");
    h.succeeds();
  }

  @Test
  void finishesWithoutTheServerWhatWasKilledBeforeItsMove() throws IOException {
    Files.write(folder.resolve("m.bin.part"), FILE);
    Resume all =
        new Resume(
            h.source.uri(),
            Optional.of(new Validator("etag", Hostile.TAG)),
            java.util.OptionalLong.of(FILE.length),
            List.of());
    Files.writeString(folder.resolve("m.bin.part.json"), all.json());
    h.succeeds();
    assertEquals(List.of(), h.ranges());
  }
}
