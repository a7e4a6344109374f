package io.github.tfbit.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.tfbit.Labels;
import io.github.tfbit.SavedModelExport;
import io.github.tfbit.converters.Activation;
import io.github.tfbit.converters.Architecture;
import io.github.tfbit.converters.testing.SeededCheckpoint;
import io.github.tfbit.data.ImageSize;
import io.github.tfbit.export.Precision;
import io.github.tfbit.export.ServerFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ExportContractTest {
  private static final Architecture TINY = new Architecture(List.of(1, 1, 1, 1), 8, 4);

  @TempDir static Path shared;
  @TempDir Path dir;

  private static Path whole;

  @BeforeAll
  static void export() throws IOException {
    whole = settings().build().writeTo(shared.resolve("model"));
  }

  private static SavedModelExport.Builder settings() {
    return SavedModelExport.of(SeededCheckpoint.of(TINY, 4, 3))
        .labels(Labels.of(List.of("ant", "bee", "cat", "dog")))
        .size(new ImageSize(40, 56))
        .top(3);
  }

  @ParameterizedTest
  @MethodSource("io.github.tfbit.contract.BrokenExports#all")
  void noticesWhatIsBrokenAndNothingElse(BrokenExports.Fault fault) throws IOException {
    Path export = dir.resolve("1");
    copy(whole, export);
    fault.breaker().accept(export);
    try (Stream<Path> versions = Files.list(dir)) {
      ContractReport report = ExportContract.check(versions.findFirst().orElseThrow());
      List<Finding> broken =
          report.findings().stream().filter(f -> f.outcome() == Outcome.FAIL).toList();
      assertEquals(
          List.of(fault.rule()), broken.stream().map(Finding::rule).toList(), broken::toString);
      assertFalse(report.passes());
      assertFalse(report.of(fault.rule()).found().isBlank());
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(from.relativize(file).toString()));
      }
    }
  }

  private static void assertKept(Path export) throws IOException {
    ContractReport report = ExportContract.check(export);
    assertTrue(report.passes(), report::toString);
    assertEquals(1, report.count(Outcome.NOT_APPLICABLE), report::toString); // no assets
  }

  @Test
  void passesWhatWeExport() throws IOException {
    assertKept(whole);
    assertKept(settings().activation(Activation.SIGMOID).build().writeTo(dir.resolve("sigmoid")));
    assertKept(settings().precision(Precision.BFLOAT16).build().writeTo(dir.resolve("half")));
  }

  /** A fifth of the readers' mutations, because good models are loaded and run. */
  @Test
  void damagedFilesAreFindingsAndNoErrors() throws IOException {
    long seed = Long.getLong("tfbit.seed", 7);
    Random random = new Random(seed);
    Path export = dir.resolve("1");
    copy(whole, export);
    List<String> files =
        List.of(
            "saved_model.pb",
            ServerFiles.WARMUP,
            ServerFiles.BATCHING,
            "variables/variables.index");
    int noticed = 0;
    int mutations = Integer.getInteger("tfbit.mutations") / 5;
    for (int i = 0; i < mutations; i++) {
      Path file = export.resolve(files.get(i % files.size()));
      byte[] before = Files.readAllBytes(file);
      byte[] bytes = before.clone();
      for (int n = 1 + random.nextInt(4); n > 0; n--) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
      }
      Files.write(
          file, Arrays.copyOf(bytes, bytes.length - random.nextInt(2) * random.nextInt(99)));
      noticed += ExportContract.check(export).passes() ? 0 : 1;
      Files.write(file, before);
    }
    assertTrue(noticed > mutations / 2, "only " + noticed + " of " + mutations + ", seed " + seed);
    assertKept(export);
  }

  @Test
  void takesTheHighestVersion() throws IOException {
    copy(whole, dir.resolve("2"));
    copy(whole, dir.resolve("10"));
    Files.createDirectories(dir.resolve("latest"));
    assertEquals(dir.resolve("10"), ExportContract.check(dir).directory());
  }

  @Test
  void refusesWhatIsNoDirectory() {
    assertThrows(IOException.class, () -> ExportContract.check(dir.resolve("nothing")));
  }

  @Test
  void everyRuleHasAReasonAndANameOfItsOwn() {
    assertEquals(
        Rule.values().length, Stream.of(Rule.values()).map(Rule::reason).distinct().count());
    Stream.of(Rule.values()).forEach(r -> assertTrue(r.id().matches("[a-z-]+"), r.id()));
  }
}
