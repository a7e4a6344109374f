package io.github.tfbit.integration;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Runs the scripts under {@code src/test/python}. The system property {@code tfbit.python} names an
 * interpreter that has TensorFlow and Playwright, {@code tfbit.torch} one that has torch, {@code
 * tfbit.timm} and {@code tfbit.transformers} the folders that those were installed into. A property
 * that is missing fails the test that needs it.
 */
public final class Python {
  private static final Path SCRIPTS = Path.of("src", "test", "python");

  private Python() {}

  /** Runs a script that needs TensorFlow. */
  public static void tensorflow(String script, String... arguments)
      throws IOException, InterruptedException {
    run(property("tfbit.python"), Map.of("TF_CPP_MIN_LOG_LEVEL", "3"), script, arguments);
  }

  /** Opens pages in the browser that the system property {@code tfbit.chromium} names. */
  public static void browser(Path... pages) throws IOException, InterruptedException {
    List<String> arguments = new ArrayList<>();
    arguments.add(property("tfbit.chromium"));
    List.of(pages).forEach(p -> arguments.add(p.toString()));
    run(property("tfbit.python"), Map.of(), "report_page.py", arguments.toArray(String[]::new));
  }

  /** Uses the page of a server in that browser. */
  static void page(String address, String... pictures) throws IOException, InterruptedException {
    List<String> arguments = new ArrayList<>(List.of(property("tfbit.chromium"), address));
    arguments.addAll(List.of(pictures));
    run(property("tfbit.python"), Map.of(), "serving_page.py", arguments.toArray(String[]::new));
  }

  /** Runs a script that needs timm. */
  static void timm(String script, String... arguments) throws IOException, InterruptedException {
    Map<String, String> path = Map.of("PYTHONPATH", property("tfbit.timm"));
    run(property("tfbit.torch"), path, script, arguments);
  }

  /** Runs a script that needs timm or transformers. */
  static void torch(String script, String... arguments) throws IOException, InterruptedException {
    String folders =
        property("tfbit.transformers") + java.io.File.pathSeparator + property("tfbit.timm");
    run(
        property("tfbit.torch"),
        Map.of("PYTHONPATH", folders, "HF_HUB_OFFLINE", "1"),
        script,
        arguments);
  }

  /** Runs a script to its end; its output is part of the error if it fails. */
  private static void run(
      String interpreter, Map<String, String> environment, String script, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(interpreter);
    command.add(SCRIPTS.resolve(script).toString());
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().putAll(environment);
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    int status = process.waitFor();
    if (status != 0) {
      throw new IOException(script + " ended with " + status + ":\n" + output);
    }
  }

  private static String property(String name) {
    String value = System.getProperty(name);
    if (value == null) {
      throw new IllegalStateException("expected the system property " + name + ", found none");
    }
    return value;
  }
}
