package io.github.tfbit;

import io.github.tfbit.graph.SessionOptions;
import io.github.tfbit.plan.MachineMemory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** What a run was computed on; nothing that would say whose machine it is. */
final class Machine {
  private static final Path CPU_INFO = Path.of("/proc/cpuinfo");

  private Machine() {}

  static Map<String, String> facts(SessionOptions session) {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("processor", processor());
    facts.put("cores", String.valueOf(Runtime.getRuntime().availableProcessors()));
    facts.put("memory_bytes", String.valueOf(MachineMemory.find().capacity()));
    facts.put(
        "system",
        System.getProperty("os.name")
            + " "
            + System.getProperty("os.version")
            + " "
            + System.getProperty("os.arch"));
    facts.put("device", session.device().toString());
    return facts;
  }

  private static String processor() {
    try (Stream<String> lines = Files.lines(CPU_INFO)) {
      return lines
          .filter(line -> line.startsWith("model name"))
          .map(line -> line.substring(line.indexOf(':') + 1).trim())
          .findFirst()
          .orElseGet(() -> System.getProperty("os.arch"));
    } catch (IOException | java.io.UncheckedIOException e) {
      return Optional.ofNullable(System.getenv("PROCESSOR_IDENTIFIER"))
          .orElse(System.getProperty("os.arch"));
    }
  }
}
