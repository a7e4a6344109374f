package io.github.tfbit.integration.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.sun.net.httpserver.HttpServer;
import io.github.tfbit.checkpoints.npz.NpzWriter;
import io.github.tfbit.converters.Architecture;
import io.github.tfbit.converters.testing.SeededCheckpoint;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code tfbit fetch} from a mirror on 127.0.0.1. */
class FetchTest {
  private static final String NAME = "timm/resnetv2_101x1_bit.goog_in21k";

  /** A safetensors file without a tensor: only what has fingerprints is opened as a model. */
  private static final byte[] WEIGHTS = {2, 0, 0, 0, 0, 0, 0, 0, '{', '}'};

  @TempDir private Path temporary;
  private final Map<String, byte[]> published = new ConcurrentHashMap<>();
  private final List<String> asked = new CopyOnWriteArrayList<>();
  private HttpServer server;
  private Path cache;

  @BeforeEach
  void start() throws IOException {
    cache = temporary.resolve("cache");
    published.put("/mirror/" + NAME + "/config.json", "{}".getBytes(StandardCharsets.UTF_8));
    published.put("/mirror/" + NAME + "/model.safetensors", WEIGHTS);
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          String path = exchange.getRequestURI().getPath();
          asked.add(path);
          byte[] body = published.getOrDefault(path, new byte[0]);
          exchange.sendResponseHeaders(body.length > 0 ? 200 : 404, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private Cli fetch(String... more) {
    String mirror = "http://127.0.0.1:" + server.getAddress().getPort() + "/mirror";
    Object[] args = new Object[more.length + 5];
    args[0] = "fetch";
    System.arraycopy(more, 0, args, 1, more.length);
    args[more.length + 1] = "--base-url";
    args[more.length + 2] = mirror;
    args[more.length + 3] = "--cache";
    args[more.length + 4] = cache;
    return Cli.run(args);
  }

  @Test
  void printsWhereItIs() throws IOException {
    Path place = cache.resolve(NAME);
    assertEquals(place + "\n", fetch(NAME).done().out());
    assertArrayEquals(WEIGHTS, Files.readAllBytes(place.resolve("model.safetensors")));
  }

  @Test
  void fetchesNothingTwice() {
    fetch(NAME).done();
    asked.clear();
    JsonObject json = fetch(NAME, "--json").done().json();
    JsonObject first = json.getAsJsonArray("fetched").get(0).getAsJsonObject();
    assertEquals(NAME, first.get("name").getAsString());
    assertEquals(cache.resolve(NAME).toString(), first.get("path").getAsString());
    assertEquals(List.of(), asked);
  }

  @Test
  void saysWhatTheServerDoesNotHave() {
    published.remove("/mirror/" + NAME + "/model.safetensors");
    fetch(NAME).failed(NAME + "/model.safetensors", "the server answered 404 (no such file)");
    assertFalse(Files.exists(cache.resolve(NAME)));
  }

  @Test
  void refusesAnotherModelUnderTheNameOfAKnownOne() {
    published.put("/mirror/BiT-M-R50x1.npz", new byte[1000]);
    fetch("BiT-M-R50x1").failed("a file of 1,000 bytes");
  }

  @Test
  void comparesFingerprintsWhereTheyAreKnown() throws IOException {
    String known = "timm/resnetv2_50x1_bit.goog_in21k"; // the tensors of BiT-M-R50x1
    published.put("/mirror/" + known + "/config.json", "{}".getBytes(StandardCharsets.UTF_8));
    published.put("/mirror/" + known + "/model.safetensors", WEIGHTS);
    fetch(known).failed("expected    BiT's tensors", "0 tensors");
    assertFalse(Files.exists(cache.resolve(known)));
    assertFalse(Files.exists(cache.resolve(known + ".part")));
  }

  /** A server that publishes no hash, and a file whose own checksums alone show the damage. */
  @Test
  void readsWhatItFetchedBeforeItIsKept() throws IOException {
    String name = "BiT-M-R50x1-CIFAR10";
    Path npz = temporary.resolve("seeded.npz");
    try (SeededCheckpoint weights = SeededCheckpoint.of(Architecture.named("R50x1"), 10, 7)) {
      NpzWriter.write(npz, weights);
    }
    byte[] damaged = Files.readAllBytes(npz);
    damaged[50_000_000] ^= 1;
    published.put("/mirror/" + name + ".npz", damaged);
    fetch(name).failed("CRC-32");
    assertFalse(Files.exists(cache.resolve(name + ".npz")));
    published.put("/mirror/" + name + ".npz", Files.readAllBytes(npz));
    assertEquals(cache.resolve(name + ".npz") + "\n", fetch(name).done().out());
  }

  @Test
  void hasNothingToFetchOfWhatIsShipped() {
    Cli cli = fetch("tfbit-R26x0.25").done();
    assertEquals("", cli.out());
    assertTrue(cli.err().contains("comes with tfbit"), cli.err());
  }

  @Test
  void refusesMirrorThatIsNone() {
    Cli.run("fetch", NAME, "--base-url", "ftp://mirror").misused("expected an http or https");
  }
}
