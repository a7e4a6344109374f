package io.github.tfbit.plan;

import com.google.common.base.CharMatcher;
import com.google.common.base.Splitter;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What memory this process can have: the machine's, or its container's if that is less.
 *
 * @param capacity bytes in all
 * @param free bytes that this process could still take now, what it holds already included
 * @param owner whose they are, such as {@code this machine}
 */
public record MachineMemory(long capacity, long free, String owner) {
  private static final int KIBI = 1024;
  private static final Splitter BLANKS = Splitter.on(CharMatcher.whitespace()).omitEmptyStrings();

  /** Where a kernel tells a process what its container may use: version 2, then version 1. */
  private static final List<String[]> GROUPS =
      List.of(
          new String[] {"memory.max", "memory.current", "inactive_file"},
          new String[] {
            "memory/memory.limit_in_bytes", "memory/memory.usage_in_bytes", "total_inactive_file"
          });

  /**
   * Looks at the machine.
   *
   * @return its memory, or its container's
   */
  public static MachineMemory find() {
    return read(Path.of("/proc"), Path.of("/sys/fs/cgroup")).orElseGet(MachineMemory::ofJvm);
  }

  /** What Linux says. */
  static Optional<MachineMemory> read(Path proc, Path cgroup) {
    Path meminfo = proc.resolve("meminfo");
    OptionalLong total = field(meminfo, "MemTotal:", KIBI);
    if (total.isEmpty()) {
      return Optional.empty();
    }
    long own = field(proc.resolve("self/status"), "VmRSS:", KIBI).orElse(0);
    long available = field(meminfo, "MemAvailable:", KIBI).orElse(total.getAsLong());
    MachineMemory machine =
        new MachineMemory(
            total.getAsLong(), Math.min(total.getAsLong(), available + own), "this machine");
    for (String[] names : GROUPS) {
      OptionalLong limit = number(cgroup.resolve(names[0]));
      if (limit.isPresent() && limit.getAsLong() < total.getAsLong()) {
        Path usage = cgroup.resolve(names[1]);
        long cache = field(usage.resolveSibling("memory.stat"), names[2], 1).orElse(0);
        long others = Math.max(0, number(usage).orElse(0) - cache - own);
        long free = Math.min(machine.free(), limit.getAsLong() - others);
        return Optional.of(
            new MachineMemory(limit.getAsLong(), Math.max(0, free), "this container"));
      }
    }
    return Optional.of(machine);
  }

  private static MachineMemory ofJvm() {
    return ManagementFactory.getOperatingSystemMXBean()
            instanceof com.sun.management.OperatingSystemMXBean os
        ? new MachineMemory(os.getTotalMemorySize(), os.getTotalMemorySize(), "this machine")
        : new MachineMemory(Long.MAX_VALUE, Long.MAX_VALUE, "unknown");
  }

  private static OptionalLong number(Path file) {
    try {
      String text = Files.readString(file).trim();
      return text.equals("max") ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(text));
    } catch (IOException | NumberFormatException e) {
      return OptionalLong.empty(); // not such a system
    }
  }

  private static OptionalLong field(Path file, String name, int unit) {
    try {
      for (String line : Files.readAllLines(file)) {
        List<String> words = BLANKS.splitToList(line);
        if (words.size() >= 2 && words.get(0).equals(name)) {
          return OptionalLong.of(Long.parseLong(words.get(1)) * unit);
        }
      }
    } catch (IOException | NumberFormatException e) {
      return OptionalLong.empty();
    }
    return OptionalLong.empty();
  }

  /**
   * Whether a need can be met at all.
   *
   * @param bytes needed
   * @return false if it is more than there is
   */
  public boolean holds(long bytes) {
    return bytes <= capacity;
  }

  /**
   * Whether a need can be met beside what else is running.
   *
   * @param bytes needed
   * @return false if it is more than there is free
   */
  public boolean holdsNow(long bytes) {
    return bytes <= free;
  }
}
