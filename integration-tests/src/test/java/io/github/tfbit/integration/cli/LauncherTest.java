package io.github.tfbit.integration.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command as a process of its own, started by {@code bin/tfbit}. */
class LauncherTest {
  private static final String NO_NAMES =
      "note: names of the classes are not known: they are numbered from 0";

  @TempDir private Path dir;
  private Path launcher;
  private Path model;
  private Path data;

  /** A project that is built already: the launcher, and a jar that names this class path. */
  @BeforeEach
  void makeProject() throws IOException {
    Path root = dir.resolve("a project");
    Path lib = Files.createDirectories(root.resolve("cli/target/tfbit/lib"));
    launcher = Files.createDirectory(root.resolve("bin")).resolve("tfbit");
    Files.copy(Path.of("..", "bin", "tfbit"), launcher, StandardCopyOption.COPY_ATTRIBUTES);
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().put(Attributes.Name.CLASS_PATH, classPath());
    try (OutputStream jar = Files.newOutputStream(lib.resolve("tfbit-cli-1.jar"))) {
      new JarOutputStream(jar, manifest).close();
    }
    model = Fixtures.model(dir);
    data = Fixtures.data(dir);
  }

  private static String classPath() {
    return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
        .map(p -> Path.of(p).toUri().toString())
        .collect(Collectors.joining(" "));
  }

  private ProcessBuilder process(Object... args) {
    List<String> command = new ArrayList<>(List.of(launcher.toString()));
    Arrays.stream(args).map(String::valueOf).forEach(command::add);
    ProcessBuilder process = new ProcessBuilder(command).directory(dir.toFile());
    process.environment().put("JAVA_HOME", System.getProperty("java.home"));
    process.environment().put("TFBIT_JAVA_OPTS", "-Xmx512m -XX:-UsePerfData");
    process.environment().remove("TF_CPP_MIN_LOG_LEVEL");
    process.redirectError(dir.resolve("err.txt").toFile());
    return process;
  }

  private Cli run(ProcessBuilder builder) throws Exception {
    Process process = builder.start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    int status = process.waitFor();
    return new Cli(status, out, Files.readString(dir.resolve("err.txt")));
  }

  @Test
  void showsNothingOfTheNativeLog() throws Exception {
    Cli cli = run(process("predict", "--model", model, "--size", 32, 32, data.resolve("box")));
    assertEquals(6 * 4, cli.done().out().lines().count());
    List<String> lines = cli.err().lines().toList();
    assertEquals(2, lines.size(), cli.err());
    assertTrue(lines.get(0).startsWith(model.toString()), cli.err());
    assertEquals(NO_NAMES, lines.get(1));
  }

  @Test
  void showsTheNativeLogWhenAsked() throws Exception {
    Cli cli = run(process("predict", "--verbose", "--model", model, "--size", 32, 32, data)).done();
    assertTrue(cli.err().contains("oneDNN") || cli.err().contains("cpu_feature_guard"), cli.err());
  }

  @Test
  void startsThroughLinkFromAnywhere() throws Exception {
    Path link = Files.createSymbolicLink(dir.resolve("link"), Path.of("a project/bin/tfbit"));
    launcher = link;
    assertEquals(
        3, run(process("inspect", model, "--json")).done().json().get("classes").getAsInt());
  }

  @Test
  void passesTheExitStatusOn() throws Exception {
    run(process("inspect", "nothing.npz")).failed("nothing.npz");
    run(process("inspect")).misused("M");
  }

  @Test
  void refusesOldJava() throws Exception {
    Path home = Files.createDirectories(dir.resolve("jdk11/bin")).getParent();
    Files.writeString(home.resolve("release"), "JAVA_VERSION=\"11.0.2\"\n");
    Files.createFile(home.resolve("bin/java")).toFile().setExecutable(true);
    ProcessBuilder process = process("--help");
    process.environment().put("JAVA_HOME", home.toString());
    Cli cli = run(process);
    assertEquals(1, cli.status());
    assertTrue(cli.err().contains("expected a JDK of version 17 or newer, found version 11"));
  }

  @Test
  void saysThatNoMoreCanBeWrittenAndLeavesNothing() throws Exception {
    Path out = dir.resolve("full.npy");
    Object[] features = {"features", "--model", model, "--size", 256, 256, "--layer"};
    List<String> command = new ArrayList<>(process(features).command());
    command.addAll(List.of("root_block", "--out", out.toString(), data.toString()));
    // A limit of 64 KiB on files; a full disk takes the same way.
    Cli.run("bench", "--mode", "infer", "--arch", "R26x0.25", "--size", 32, "--runs", 1).done();
    ProcessBuilder limited = process();
    limited.command(new ArrayList<>(List.of("bash", "-c", "ulimit -f 64; exec \"$0\" \"$@\"")));
    limited.command().addAll(command);
    Cli cli = run(limited);
    cli.failed("full.npy", "a limit of the system on the size of files", "ulimit -f");
    try (Stream<Path> files = Files.list(dir)) {
      assertFalse(files.anyMatch(f -> f.getFileName().toString().contains("full")));
    }
  }

  @Test
  void saysThatAnExportCannotBeWrittenAndLeavesNothing() throws Exception {
    ProcessBuilder limited = process("export", "--model", model, "--out", dir.resolve("new/full"));
    List<String> command = new ArrayList<>(limited.command());
    command.addAll(0, List.of("bash", "-c", "ulimit -f 64; exec \"$0\" \"$@\""));
    run(limited.command(command)).failed("full/1", "a file of any size", "ulimit -f");
    assertTrue(Files.notExists(dir.resolve("new")));
  }

  @Test
  void saysThatResultsAreLost() throws Exception {
    ProcessBuilder process = process("inspect", model, "--json");
    process.redirectOutput(new File("/dev/full"));
    assertEquals(1, process.start().waitFor());
    String err = Files.readString(dir.resolve("err.txt"));
    assertTrue(err.contains("  where       standard output"), err);
  }

  @Test
  void readsNamesThatAreNotAsciiWhateverTheLocale() throws Exception {
    Path picture = dir.resolve("dir mit Umlaut \u00e4/\u00f6 \u5199\u771f.jpg");
    Files.createDirectory(picture.getParent());
    Files.copy(data.resolve("box/0.jpg"), picture);
    for (String locale : List.of("C", "POSIX", "")) {
      ProcessBuilder process =
          process("predict", "--model", model, "--size", 32, 32, picture.getParent());
      process.environment().keySet().removeIf(k -> k.startsWith("LC_") || k.equals("LANG"));
      process.environment().put("LC_ALL", locale);
      Cli cli = run(process).done();
      assertEquals(picture.toString(), cli.out().lines().findFirst().orElseThrow());
    }
  }

  @Test
  void showsNothingOfTheNativeDecoderForDamagedPictures() throws Exception {
    Path damaged = Files.createDirectory(dir.resolve("damaged"));
    byte[] good = Files.readAllBytes(data.resolve("box/0.jpg"));
    for (int i = 2; i < good.length; i += 29) {
      byte[] bad = good.clone();
      bad[i] ^= 0x5a;
      Files.write(damaged.resolve(i + ".jpg"), bad);
    }
    Cli cli = run(process("predict", "--model", model, "--size", 32, 32, damaged));
    for (String line : cli.err().lines().toList()) {
      boolean ours =
          line.startsWith("tfbit predict: ")
              || line.startsWith(model.toString())
              || line.equals(NO_NAMES);
      assertTrue(ours, line);
    }
  }

  @Test
  void interruptEndsTheRunWithoutWeights() throws Exception {
    Path run = dir.resolve("run");
    Object[] args =
        Fixtures.finetune(
            model, data, run, "--steps", 100_000, "--eval-every", 1, "--flip", "none");
    ProcessBuilder builder = process(withoutFirstSteps(args));
    builder.redirectError(ProcessBuilder.Redirect.PIPE);
    Process process = builder.start();
    StringBuilder err = new StringBuilder();
    try (BufferedReader lines = process.errorReader(StandardCharsets.UTF_8)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        err.append(line).append('\n');
        if (line.startsWith("step 3:")) {
          new ProcessBuilder("kill", "-INT", String.valueOf(process.pid())).start().waitFor();
        } else if (line.startsWith("step 500:")) {
          process.destroyForcibly(); // whoever started these tests has set SIGINT to be ignored
        }
      }
    }
    assertEquals(130, process.waitFor(), err.toString());
    assertTrue(err.toString().contains("tfbit finetune: interrupted"), err.toString());
    try (Stream<Path> files = Files.list(run)) {
      List<String> names = files.map(f -> f.getFileName().toString()).sorted().toList();
      assertFalse(
          names.stream().anyMatch(n -> n.endsWith(".npz") || n.startsWith(".")), names::toString);
      assertTrue(names.contains("metrics.jsonl"), names::toString);
    }
    Cli.run("predict", "--model", run, data.resolve("box/0.jpg")).failed(run.toString());
  }

  /** Drops the fixture's own {@code --steps}. */
  private static Object[] withoutFirstSteps(Object... args) {
    List<Object> list = new ArrayList<>(Arrays.asList(args));
    int first = list.indexOf("--steps");
    list.subList(first, first + 2).clear();
    return list.toArray();
  }
}
