package io.github.tfbit.integration.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is refused before any work, and how the command explains itself. */
class UsageTest {
  private static final int COLUMNS = 80;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "predict",
        "features",
        "finetune",
        "evaluate",
        "export",
        "pretrain",
        "inspect",
        "models",
        "fetch",
        "bench"
      })
  void explainsEveryCommandWithAnExample(String command) {
    Cli cli = Cli.run(command, "--help").done();
    assertTrue(cli.out().contains("Usage: tfbit " + command), cli.out());
    assertTrue(cli.out().contains("\nExample:\n  tfbit " + command + " "), cli.out());
    assertEquals("", cli.err());
    cli.out().lines().forEach(line -> assertTrue(line.length() <= COLUMNS, line));
  }

  @Test
  void refusesWhatComesLater() {
    assertTrue(!Cli.run("pretrain", "--help").out().contains("--norm"));
    Cli.run("pretrain", "--arch", "R50x1", "--data", "d", "--out", "r", "--norm", "bn")
        .misused("--norm is not there yet");
  }

  @Test
  void refusesLaterCommand() {
    Cli.run("vtab", "--model", "m").misused("vtab is not there yet");
  }

  @Test
  void refusesBf16() {
    Cli.run("predict", "--model", "m", "--precision", "bf16", "x.jpg")
        .misused("bf16 is not there yet for predict");
    Cli.run("export", "--model", "m", "--out", "o", "--precision", "fp16")
        .misused("expected fp32 or bf16, found 'fp16'");
  }

  @Test
  void refusesUnknownDevice() {
    Cli.run("predict", "--model", "m", "--device", "tpu", "x.jpg")
        .misused("expected auto, cpu, gpu or gpu:N, found 'tpu'");
  }

  @Test
  void refusesSizeOfOneNumber() {
    assertEquals(2, Cli.run("predict", "x.jpg", "--model", "m", "--size", "32").status());
  }

  @Test
  void asksForMissingModel() {
    Cli.run("predict", "x.jpg").misused("--model");
  }

  @Test
  void asksForCommand() {
    Cli.run().misused("expected a command");
  }

  @Test
  void namesTheNearestPublishedModels() {
    Cli.run("inspect", "BiT-M-R50x11").failed("--model BiT-M-R50x11", "did you mean BiT-M-R50x1");
  }

  @Test
  void refusesUnknownNameBeforeFetchingAny() {
    Cli.run("fetch", "BiT-M-R50x1", "BiT-M-R51x1").failed("BiT-M-R51x1", "did you mean");
  }

  @Test
  void namesItsVersions() {
    String out = Cli.run("--version").done().out();
    for (String what : new String[] {"tfbit ", "tensorflow  2.", "jdk ", "platform ", "device "}) {
      assertTrue(out.contains(what), out);
    }
  }
}
