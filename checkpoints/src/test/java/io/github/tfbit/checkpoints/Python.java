package io.github.tfbit.checkpoints;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Runs a few lines of Python with numpy, given by the system property {@code tfbit.python}. */
public final class Python {
  private Python() {}

  /** The script's output; fails the test if there is no interpreter or the script fails. */
  public static String run(String script, Object... arguments)
      throws IOException, InterruptedException {
    String python = System.getProperty("tfbit.python");
    assertNotNull(python, "expected -Dtfbit.python=INTERPRETER with numpy");
    List<String> command = new ArrayList<>(List.of(python, "-c", script));
    for (Object a : arguments) {
      command.add(a.toString());
    }
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), out);
    return out.strip();
  }
}
