package io.github.tfbit.checkpoints.fetch;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A JVM of its own that fetches one file into a cache, so that it can be killed. */
final class FetchingProcess {
  private FetchingProcess() {}

  /** Fetches: folder of the cache, address. Exits with 0, or with 1 and the reason. */
  public static void main(String[] args) {
    Source source = Source.of(URI.create(args[1]), FileKind.BINARY);
    ModelCache cache = ModelCache.of(Path.of(args[0]), Map.of(), FetchSettings.DEFAULT);
    try {
      cache.fetch(Artefact.file("M", "m.bin", source), Optional.empty(), FetchListener.NONE);
      System.exit(0);
    } catch (FetchException e) {
      System.out.println(e.reason() + " " + e.getMessage());
    } catch (IOException e) {
      System.out.println(e);
    }
    System.exit(1);
  }

  /** Starts one; its output goes to a file. */
  static Process start(Path folder, URI address, Path output, String... before) throws IOException {
    List<String> command = new ArrayList<>(List.of(before));
    command.addAll(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx256m",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            FetchingProcess.class.getName(),
            folder.toString(),
            address.toString()));
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(output.toFile())
        .start();
  }
}
