package io.github.tfbit.serving;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;

/** Memory of this process, native and heap. */
final class Memory {
  private Memory() {}

  /** What is resident outside the heap, where tensors are: MiB. */
  static double nativeMib() {
    double heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getCommitted();
    return residentMib() - heap / (1 << 20);
  }

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
