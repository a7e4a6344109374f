package io.github.tfbit.serving;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Memory of this process. Run with a heap that is resident from the start ({@code -Xms} as {@code
 * -Xmx}, {@code -XX:+AlwaysPreTouch}), so that what changes lies outside it, where tensors are.
 */
final class Memory {
  private Memory() {}

  /** Resident, after a collection that gives back what it can: MiB. */
  static double residentMib() {
    for (int i = 0; i < 3; i++) {
      System.gc();
    }
    try {
      for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
        if (line.startsWith("VmRSS:")) {
          return Long.parseLong(line.replaceAll("[^0-9]", "")) / 1024.0;
        }
      }
      throw new IllegalStateException("no VmRSS");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
