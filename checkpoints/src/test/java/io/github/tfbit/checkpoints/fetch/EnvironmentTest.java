package io.github.tfbit.checkpoints.fetch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the environment says: the cache's folder and proxies. */
class EnvironmentTest {
  private static final Path HOME = Path.of("/home/u");

  private static Path folder(Map<String, String> environment, String system) {
    return CacheFolder.of(environment, system, HOME.toString());
  }

  @Test
  void putsTheCacheWhereItIsTold() {
    assertEquals(Path.of("/data/c"), folder(Map.of("TFBIT_CACHE", "/data/c"), "Linux"));
  }

  @Test
  void followsEachPlatform() {
    Map<String, String> none = Map.of("TFBIT_CACHE", " ");
    assertEquals(HOME.resolve(".cache/tfbit"), folder(none, "Linux"));
    assertEquals(HOME.resolve("Library/Caches/tfbit"), folder(none, "Mac OS X"));
    assertEquals(HOME.resolve("AppData/Local/tfbit/cache"), folder(none, "Windows 11"));
    assertEquals(
        Path.of("/local/tfbit/cache"), folder(Map.of("LOCALAPPDATA", "/local"), "Windows 11"));
    assertEquals(Path.of("/xdg/tfbit"), folder(Map.of("XDG_CACHE_HOME", "/xdg"), "Linux"));
    assertEquals(Path.of("/h/.cache/tfbit"), folder(Map.of("HOME", "/h"), "Linux"));
  }

  @Test
  void passesOverARelativeXdgFolder() {
    assertEquals(
        HOME.resolve(".cache/tfbit"), folder(Map.of("XDG_CACHE_HOME", "relative"), "Linux"));
  }

  private static String proxy(Map<String, String> environment, String uri) throws IOException {
    Proxy proxy = ProxyEnvironment.of(environment).selector().select(URI.create(uri)).get(0);
    if (proxy.type() == Proxy.Type.DIRECT) {
      return "direct";
    }
    InetSocketAddress address = (InetSocketAddress) proxy.address();
    return address.getHostString() + ":" + address.getPort();
  }

  @Test
  void readsProxiesInBothCases() throws IOException {
    assertEquals("p:3128", proxy(Map.of("https_proxy", "http://p:3128/"), "https://h/x"));
    assertEquals("p:3128", proxy(Map.of("HTTPS_PROXY", "p:3128"), "https://h/x"));
    assertEquals("p:1080", proxy(Map.of("HTTP_PROXY", "http://p"), "http://h/x"));
    assertEquals("p:8", proxy(Map.of("ALL_PROXY", "p:8"), "https://h/x"));
    assertEquals("direct", proxy(Map.of("HTTP_PROXY", "http://p"), "https://h/x"));
    assertEquals("a:1", proxy(Map.of("https_proxy", "a:1", "HTTPS_PROXY", "b:2"), "https://h/x"));
    assertEquals("direct", proxy(Map.of("https_proxy", "", "ALL_PROXY", "p:8"), "https://h/x"));
  }

  @Test
  void doesNotTakeARequestsHeaderForAProxy() throws IOException {
    Map<String, String> cgi = Map.of("HTTP_PROXY", "http://evil", "REQUEST_METHOD", "GET");
    assertEquals("direct", proxy(cgi, "http://h/x"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"socks5://p:1", "https://p:1", "http://", "http://a b", "%"})
  void refusesProxiesThatItCannotUse(String value) {
    FetchException e =
        assertThrows(FetchException.class, () -> ProxyEnvironment.of(Map.of("https_proxy", value)));
    assertTrue(e.getMessage().contains("https_proxy"), e.getMessage());
  }

  @ParameterizedTest
  @CsvSource({
    "*,example.org,true",
    "example.org,example.org,true",
    "example.org,a.example.org,true",
    ".example.org,a.example.org,true",
    ".example.org,example.org,true",
    "example.org,notexample.org,false",
    "'a, b example.org',EXAMPLE.org,true",
    "10.0.0.0/8,10.1.2.3,true",
    "10.0.0.0/8,11.1.2.3,false",
    "0.0.0.0/0,1.2.3.4,true",
    "10.0.0.0/33,10.1.2.3,false",
    "10.0.0.0/8,ten.example,false",
    "127.0.0.1,127.0.0.1,true",
    "example.org:443,example.org,true",
    "example.org:80,example.org,false",
    "'',example.org,false"
  })
  void knowsWhereNoProxyIsUsed(String value, String host, boolean covered) {
    assertEquals(covered, NoProxy.of(value).covers(host, 443));
  }

  @Test
  void connectsThroughTheProxy(@TempDir Path folder) throws IOException {
    byte[] file = Hostile.bytes(1000, 4);
    try (ScriptedServer proxy =
        new ScriptedServer(
            (n, request, to) -> {
              if (request.headers().containsKey("proxy-authorization")) {
                to.file(request, file, Hostile.TAG);
              } else {
                to.head("407 Who", "Proxy-Authenticate: Basic realm=\"p\"", "Content-Length: 0");
              }
            })) {
      String address = "http://us%40er:p%3Ass@127.0.0.1:" + proxy.uri("/").getPort();
      ModelCache cache = ModelCache.of(folder, Map.of("HTTP_PROXY", address), Hostile.IMPATIENT);
      Source source = Source.of(URI.create("http://model.invalid/m.bin"), FileKind.BINARY);
      Path path =
          cache.fetch(Artefact.file("M", "m.bin", source), Optional.empty(), FetchListener.NONE);
      assertEquals(1000, Files.size(path));
      assertEquals("http://model.invalid/m.bin", proxy.requests().get(0).path());
      assertFalse(Files.readString(folder.resolve("m.bin.json")).contains("127.0.0.1"));
    }
  }
}
