package io.github.tfbit.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MachineMemoryTest {
  private static final long KIB = 1024;

  @TempDir private Path dir;
  private Path proc;
  private Path cgroup;

  @BeforeEach
  void drawAMachine() throws IOException {
    proc = dir.resolve("proc");
    cgroup = Files.createDirectories(dir.resolve("cgroup"));
    write(proc.resolve("meminfo"), "MemTotal:  8000 kB\nMemFree: 1 kB\nMemAvailable:  3000 kB\n");
    write(proc.resolve("self/status"), "Name:\tjava\nVmRSS:\t  500 kB\n");
  }

  private static void write(Path file, String text) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private MachineMemory found() {
    return MachineMemory.read(proc, cgroup).orElseThrow();
  }

  @Test
  void machineWithoutAContainer() {
    assertEquals(new MachineMemory(8000 * KIB, 3500 * KIB, "this machine"), found());
    assertTrue(found().holds(8000 * KIB));
    assertFalse(found().holds(8000 * KIB + 1));
  }

  @Test
  void unlimitedContainerIsTheMachine() throws IOException {
    write(cgroup.resolve("memory.max"), "max\n");
    assertEquals("this machine", found().owner());
    write(cgroup.resolve("memory/memory.limit_in_bytes"), "9223372036854771712\n");
    assertEquals("this machine", found().owner());
  }

  @Test
  void containerOfTheSecondKind() throws IOException {
    write(cgroup.resolve("memory.max"), 2000 * KIB + "\n");
    write(cgroup.resolve("memory.current"), 1500 * KIB + "\n");
    write(cgroup.resolve("memory.stat"), "anon 7\ninactive_file " + 600 * KIB + "\n");
    // 1500 in use, of which 600 can be dropped and 500 are this process's own.
    assertEquals(new MachineMemory(2000 * KIB, 1600 * KIB, "this container"), found());
  }

  @Test
  void containerOfTheFirstKind() throws IOException {
    write(cgroup.resolve("memory/memory.limit_in_bytes"), 2000 * KIB + "\n");
    write(cgroup.resolve("memory/memory.usage_in_bytes"), 500 * KIB + "\n");
    assertEquals(new MachineMemory(2000 * KIB, 2000 * KIB, "this container"), found());
  }

  @Test
  void elsewhereTheJvmKnows() {
    assertEquals(Optional.empty(), MachineMemory.read(dir.resolve("none"), cgroup));
    assertTrue(MachineMemory.find().capacity() > 100_000_000L, MachineMemory.find().toString());
  }
}
