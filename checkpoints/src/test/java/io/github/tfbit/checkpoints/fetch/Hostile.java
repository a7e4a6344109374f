package io.github.tfbit.checkpoints.fetch;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.tfbit.checkpoints.fetch.FetchException.Reason;
import io.github.tfbit.checkpoints.fetch.ScriptedServer.Script;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;

/** One file, one server with a script, one cache, and what may and may not be in it afterwards. */
final class Hostile implements AutoCloseable {
  static final FetchSettings IMPATIENT =
      new FetchSettings(
          Duration.ofSeconds(2),
          Duration.ofMillis(300),
          3,
          2,
          Duration.ofMillis(5),
          Duration.ofMillis(200));

  static final String TAG = "\"v1\"";

  final byte[] file;
  final Path folder;
  final ScriptedServer server;
  final List<String> heard = new ArrayList<>();
  Source source;
  FetchSettings settings = IMPATIENT;
  Room room = Room.OF_DISK;

  Hostile(Path folder, byte[] file, Script script) throws IOException {
    this.folder = folder;
    this.file = file;
    this.server = new ScriptedServer(script);
    this.source = Source.of(server.uri("/m.bin"), FileKind.BINARY);
  }

  /** Bytes that look like nothing, the same at each run. */
  static byte[] bytes(int length, long seed) {
    byte[] bytes = new byte[length];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }

  Artefact artefact() {
    return Artefact.file("M", "m.bin", source);
  }

  ModelCache cache() {
    return ModelCache.of(folder, Map.of(), settings, room);
  }

  /** Hears everything, one line each. */
  FetchListener listener() {
    return new FetchListener() {
      @Override
      public void retrying(String why, Duration wait) {
        heard.add("retrying: " + why);
      }

      @Override
      public void waiting(Path target) {
        heard.add("waiting");
      }

      @Override
      public void damaged(Path target, String why) {
        heard.add("damaged: " + why);
      }

      @Override
      public void adopted(Path target) {
        heard.add("adopted");
      }
    };
  }

  Path fetch() throws IOException {
    return cache().fetch(artefact(), Optional.empty(), listener());
  }

  /** Fetches, and checks that exactly the file and its record are in the cache. */
  void succeeds() throws IOException {
    Path path = fetch();
    assertArrayEquals(file, Files.readAllBytes(path));
    assertEquals(List.of("m.bin", "m.bin.json"), contents());
    assertEquals(Optional.of(path), cache().find(artefact()));
    assertEquals(List.of(), server.faults());
  }

  /** Fails to, and checks that nothing is in the cache, not even a part. */
  FetchException fails(Reason reason, String... texts) throws IOException {
    return failsLeaving(List.of(), reason, texts);
  }

  /** Fails to, and checks that only what can be resumed is in the cache. */
  FetchException failsResumably(Reason reason, String... texts) throws IOException {
    return failsLeaving(List.of("m.bin.part", "m.bin.part.json"), reason, texts);
  }

  private FetchException failsLeaving(List<String> left, Reason reason, String... texts)
      throws IOException {
    FetchException e = assertThrows(FetchException.class, this::fetch);
    assertEquals(reason, e.reason(), e.getMessage());
    for (String text : texts) {
      assertEquals(true, e.getMessage().contains(text), e::getMessage);
    }
    assertEquals(left, contents());
    assertEquals(Optional.empty(), cache().find(artefact()));
    assertEquals(List.of(), server.faults());
    return e;
  }

  /** Names of all files in the cache but the locks, sorted. */
  List<String> contents() throws IOException {
    return contents(folder);
  }

  static List<String> contents(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(Files::isRegularFile)
          .map(f -> folder.relativize(f).toString().replace('\\', '/'))
          .filter(f -> !f.startsWith(".locks/"))
          .sorted()
          .toList();
    }
  }

  /** First bytes asked for, by request. */
  List<Long> ranges() {
    return server.requests().stream().map(ScriptedServer.Request::from).toList();
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
