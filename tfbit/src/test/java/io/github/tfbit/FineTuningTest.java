package io.github.tfbit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.tfbit.checkpoints.Checkpoint;
import io.github.tfbit.checkpoints.CheckpointException;
import io.github.tfbit.checkpoints.OutputException;
import io.github.tfbit.converters.Architecture;
import io.github.tfbit.converters.ContentId;
import io.github.tfbit.data.Example;
import io.github.tfbit.data.ImageDataset;
import io.github.tfbit.data.ImageDatasets;
import io.github.tfbit.data.ImageException;
import io.github.tfbit.graph.Endpoint;
import io.github.tfbit.graph.InitialWeights;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FineTuningTest {
  private static final Architecture TINY = new Architecture(List.of(1, 1, 1, 1), 8, 4);

  @TempDir Path dir;

  private final ImageDataset pictures = Drawn.dataset(48, 24);
  private final Checkpoint upstream = InitialWeights.of(TINY, 3, 1);

  private FineTuning.Builder run(String name, int steps) throws IOException {
    HyperRule rule =
        HyperRule.of(ImageDatasets.survey(pictures), TINY).toBuilder()
            .steps(steps)
            .batch(24)
            .rate(0.03)
            .resize(32)
            .crop(28)
            .build();
    return FineTuning.from(upstream, pictures).hyperRule(rule).run(dir.resolve(name));
  }

  @Test
  void learnsWhatThePicturesShow() throws IOException {
    List<Double> losses = new ArrayList<>();
    Run run =
        run("learns", 40)
            .validation(Drawn.dataset(30, 24))
            .listener(
                new TrainingListener() {
                  @Override
                  public void stepped(Step s) {
                    losses.add(s.loss());
                  }
                })
            .build()
            .call();
    assertEquals(40, losses.size());
    assertEquals(Math.log(3), losses.get(0), 1e-5, "a zero head makes every class as likely");
    assertTrue(losses.get(39) < 0.6, () -> "last loss " + losses.get(39));
    List<Run.Report> history = run.history();
    assertEquals(1, history.size());
    assertTrue(history.get(0).top1() > 0.6, () -> "top-1 " + history);
  }

  @Test
  void givesTheSameBytesForTheSameSeed() throws IOException {
    Run a = run("a", 6).seed(5).build().call();
    Run b = run("b", 6).seed(5).build().call();
    assertArrayEquals(Files.readAllBytes(a.weightsFile()), Files.readAllBytes(b.weightsFile()));
  }

  @Test
  void givesOtherBytesForAnotherSeed() throws IOException {
    Run a = run("a", 3).seed(5).build().call();
    Run b = run("b", 3).seed(6).build().call();
    assertFalse(
        Arrays.equals(Files.readAllBytes(a.weightsFile()), Files.readAllBytes(b.weightsFile())));
  }

  @Test
  void splitsABatchIntoPartsOfTheSameStep() throws IOException {
    List<Double> whole = losses("whole", 1);
    List<Double> parts = losses("parts", 4);
    for (int i = 0; i < whole.size(); i++) {
      assertEquals(whole.get(i), parts.get(i), 1e-3 * whole.get(i), "step " + i);
    }
  }

  private List<Double> losses(String name, int split) throws IOException {
    List<Double> losses = new ArrayList<>();
    TrainingListener keep =
        new TrainingListener() {
          @Override
          public void stepped(Step s) {
            losses.add(s.loss());
          }
        };
    FineTuning.Builder b = run(name, 6).batchSplit(split).listener(keep);
    HyperRule rule = HyperRule.of(ImageDatasets.survey(pictures), TINY);
    HyperRule mixed =
        rule.toBuilder().steps(6).batch(24).resize(32).crop(28).mixUpAlpha(0.3).build();
    b.hyperRule(mixed).build().call();
    return losses;
  }

  @Test
  void keepsWhatItWasDone() throws IOException {
    Run made =
        run("records", 12)
            .validation(Drawn.dataset(9, 24))
            .evaluateEvery(6)
            .seed(3)
            .command("finetune --seed 3")
            .build()
            .call();
    Run run = Run.open(made.directory());
    assertEquals(TINY, run.architecture());
    assertEquals(3, run.head().classes());
    assertEquals(28, run.side());
    assertEquals(Drawn.CLASSES, run.labels().names());
    assertEquals(List.of(6, 12), run.history().stream().map(Run.Report::step).toList());
    assertEquals("initial weights of seed 1", run.provenance().upstream());
    assertEquals(Optional.of(ContentId.of(upstream).id()), run.provenance().upstreamContentId());
    assertEquals(64, run.provenance().dataSha256().length());
    assertEquals(3, run.provenance().seed());
    String settings = Files.readString(run.directory().resolve("run.json"));
    assertTrue(settings.contains("\"command\": \"finetune --seed 3\""), settings);
    try (Checkpoint weights = run.weights()) {
      assertEquals(TINY.tensors(3), weights.tensors());
      assertEquals(Optional.of(ContentId.of(weights).id()), run.contentId());
    }
  }

  @Test
  void opensRunsOfTheVersionThatKnewNoContentId() throws IOException {
    Path run = run("old", 1).build().call().directory();
    for (String file : List.of("run.json", "provenance.json")) {
      Path json = run.resolve(file);
      String without =
          Files.readString(json).replaceAll(",?\\n\\s*\"(upstream_)?content_id\": \"\\w+\"", "");
      assertFalse(without.contains("content_id"), without);
      Files.writeString(json, without);
    }
    assertEquals(Optional.empty(), Run.open(run).contentId());
    assertEquals(Optional.empty(), Run.open(run).provenance().upstreamContentId());
  }

  @Test
  void endsWithoutWeightsWhenCancelled() throws IOException {
    AtomicReference<FineTuning> job = new AtomicReference<>();
    List<Object> seen = new ArrayList<>();
    job.set(
        run("cancelled", 400)
            .listener(
                new TrainingListener() {
                  @Override
                  public void stepped(Step s) {
                    seen.add(s.step());
                    job.get().cancel();
                  }

                  @Override
                  public void ended(Outcome o) {
                    seen.add(o);
                  }
                })
            .build());
    assertThrows(CancellationException.class, job.get()::call);
    assertEquals(List.of(1, TrainingListener.Outcome.CANCELLED), seen);
    Path run = dir.resolve("cancelled");
    try (var files = Files.list(run)) {
      assertEquals(
          List.of("events", "labels.txt", "metrics.jsonl", "provenance.json", "run.json", "state"),
          files.map(f -> f.getFileName().toString()).sorted().toList());
    }
    CheckpointException refused =
        assertThrows(CheckpointException.Mismatch.class, () -> Run.open(run));
    assertTrue(refused.getMessage().contains("expected a finished run, with model.npz"));
  }

  @Test
  void endsCleanlyWhenAListenerThrows() throws IOException {
    List<TrainingListener.Outcome> outcomes = new ArrayList<>();
    FineTuning job =
        run("thrown", 5)
            .listener(
                new TrainingListener() {
                  @Override
                  public void stepped(Step s) {
                    throw new IllegalStateException("listener's own");
                  }

                  @Override
                  public void ended(Outcome o) {
                    outcomes.add(o);
                  }
                })
            .build();
    assertEquals(
        "listener's own", assertThrows(IllegalStateException.class, job::call).getMessage());
    assertEquals(List.of(TrainingListener.Outcome.FAILED), outcomes);
    assertFalse(Files.exists(dir.resolve("thrown/model.npz")));
  }

  @Test
  void leavesNothingWhenAPictureCannotBeDecoded() throws IOException {
    byte[][] files = new byte[6][];
    for (int i = 0; i < files.length; i++) {
      files[i] = Drawn.encode(Drawn.picture(i % 3, i, 20, 20), "jpg");
    }
    files[4] = Arrays.copyOf(files[4], files[4].length / 2);
    FineTuning job =
        FineTuning.from(upstream, Drawn.dataset(files))
            .hyperRule(
                HyperRule.of(ImageDatasets.survey(pictures), TINY).toBuilder()
                    .batch(6)
                    .resize(32)
                    .crop(32)
                    .build())
            .run(dir.resolve("bad"))
            .build();
    ImageException e = assertThrows(ImageException.class, job::call);
    assertEquals("picture 4", e.problem().where());
    assertTrue(e.getMessage().contains("cut off or damaged"), e.getMessage());
    assertFalse(Files.exists(dir.resolve("bad")));
  }

  @Test
  void refusesADirectoryThatIsThere() throws IOException {
    run("twice", 1).build().call();
    OutputException e = assertThrows(OutputException.class, () -> run("twice", 1).build().call());
    assertTrue(e.getMessage().contains("--force"), e.getMessage());
  }

  @Test
  void replacesARunWhenTold() throws IOException {
    run("again", 1).build().call();
    Run second = run("again", 2).replace(true).build().call();
    assertTrue(Files.readString(second.directory().resolve("run.json")).contains("\"steps\": 2"));
  }

  @Test
  void refusesABadHeldOutPictureBeforeTheFirstStep() throws IOException {
    run("kept", 1).build().call();
    List<Integer> steps = new ArrayList<>();
    FineTuning job =
        run("kept", 2).replace(true).validation(badHeldOut()).listener(counting(steps)).build();
    ImageException e = assertThrows(ImageException.class, job::call);
    assertEquals("picture 2", e.problem().where());
    assertEquals(List.of(), steps);
    assertEquals(List.of("kept"), names(dir));
    assertEquals(1, steps(Run.open(dir.resolve("kept"))));
  }

  @Test
  void putsTheReplacedRunBackWhenTheNewOneMadeNoStep() throws IOException {
    run("back", 1).build().call();
    byte[][] bad = {new byte[] {1}, new byte[] {2}, new byte[] {3}};
    FineTuning job =
        FineTuning.from(upstream, Drawn.dataset(bad))
            .hyperRule(
                HyperRule.of(ImageDatasets.survey(pictures), TINY).toBuilder()
                    .batch(3)
                    .resize(32)
                    .crop(32)
                    .build())
            .run(dir.resolve("back"))
            .replace(true)
            .build();
    assertThrows(ImageException.class, job::call);
    assertEquals(List.of("back"), names(dir));
    assertEquals(1, steps(Run.open(dir.resolve("back"))));
  }

  @Test
  void keepsBothRunsWhenTheNewOneFailsOnItsWay() throws IOException {
    run("both", 1).build().call();
    FineTuning job = run("both", 9).replace(true).listener(failingAt(2)).build();
    assertEquals(
        List.of(
            "the run that is there is kept in "
                + dir.resolve("both.replaced").toAbsolutePath()
                + " until the new one has its weights"),
        job.plan().plan().notes());
    assertThrows(UncheckedIOException.class, job::call);
    assertEquals(List.of("both", "both.replaced"), names(dir));
    assertEquals(
        List.of("events", "labels.txt", "metrics.jsonl", "provenance.json", "run.json", "state"),
        names(dir.resolve("both")));
    assertEquals(1, steps(Run.open(dir.resolve("both.replaced"))));
  }

  @Test
  void keepsTheUnfinishedRunWhenAPictureGoesBadOnItsWay() throws IOException {
    ImageDataset whole = Drawn.dataset(6, 24);
    AtomicInteger fetched = new AtomicInteger();
    ImageDataset rots =
        new ImageDataset() {
          @Override
          public List<String> classes() {
            return whole.classes();
          }

          @Override
          public int size() {
            return whole.size();
          }

          @Override
          public Example example(int index) throws IOException {
            if (fetched.incrementAndGet() > 60) {
              throw new IOException("the disk went away");
            }
            return whole.example(index);
          }

          @Override
          public int[] labels(int index) throws IOException {
            return whole.labels(index);
          }
        };
    FineTuning job =
        FineTuning.from(upstream, rots)
            .hyperRule(
                HyperRule.of(ImageDatasets.survey(pictures), TINY).toBuilder()
                    .batch(6)
                    .steps(40)
                    .resize(32)
                    .crop(32)
                    .build())
            .run(dir.resolve("rots"))
            .build();
    IOException e = assertThrows(IOException.class, job::call);
    assertEquals("the disk went away", e.getMessage());
    assertEquals(
        List.of("events", "labels.txt", "metrics.jsonl", "provenance.json", "run.json", "state"),
        names(dir.resolve("rots")));
  }

  @Test
  void leavesNothingWhenTheRunCannotBeBegun() throws IOException {
    run("begun", 1).build().call();
    FineTuning job = run("begun", 2).replace(true).command("\ud800").build();
    OutputException e = assertThrows(OutputException.class, job::call);
    assertTrue(e.getMessage().contains("nothing was left behind"), e.getMessage());
    assertEquals(List.of("begun"), names(dir));
    assertEquals(1, steps(Run.open(dir.resolve("begun"))));
    FineTuning first = run("new", 2).command("\ud800").build();
    assertThrows(OutputException.class, first::call);
    assertEquals(List.of("begun"), names(dir));
  }

  private static ImageDataset badHeldOut() {
    byte[][] files = new byte[3][];
    for (int i = 0; i < files.length; i++) {
      files[i] = Drawn.encode(Drawn.picture(i, i, 20, 20), "png");
    }
    files[2] = new byte[] {1, 2, 3};
    return Drawn.dataset(files);
  }

  private static TrainingListener counting(List<Integer> steps) {
    return new TrainingListener() {
      @Override
      public void stepped(Step s) {
        steps.add(s.step());
      }
    };
  }

  private static TrainingListener failingAt(int step) {
    return new TrainingListener() {
      @Override
      public void stepped(Step s) {
        if (s.step() == step) {
          throw new UncheckedIOException(new IOException("listener's own"));
        }
      }
    };
  }

  private static List<String> names(Path directory) throws IOException {
    try (var files = Files.list(directory)) {
      return files.map(f -> f.getFileName().toString()).sorted().toList();
    }
  }

  private static int steps(Run run) throws IOException {
    String settings = Files.readString(run.directory().resolve("run.json"));
    return Integer.parseInt(settings.replaceAll("(?s).*\"steps\": (\\d+).*", "$1"));
  }

  @Test
  void neverDeletesWhatIsNoRun() throws IOException {
    Path precious = Files.createDirectories(dir.resolve("home"));
    Files.writeString(precious.resolve("thesis.txt"), "years");
    assertThrows(OutputException.class, () -> run("home", 1).replace(true).build().call());
    assertEquals("years", Files.readString(precious.resolve("thesis.txt")));
  }

  @Test
  void refusesASplitThatDoesNotDivideTheBatch() throws IOException {
    FineTuning job = run("split", 1).batchSplit(5).build();
    TrainingException e = assertThrows(TrainingException.class, job::plan);
    assertEquals("a split that divides the batch of 24", e.problem().expected());
    assertEquals("5 parts", e.problem().found());
  }

  @Test
  void leavesTheBackboneAloneWhenFrozen() throws IOException {
    Run run =
        run("frozen", 3)
            .freeze(Endpoint.PRE_LOGITS)
            .featureCache(dir.resolve("features"))
            .build()
            .call();
    try (Checkpoint weights = run.weights()) {
      String norm = "resnet/group_norm/gamma";
      assertEquals(upstream.bytes(norm), weights.bytes(norm));
      String root = "resnet/root_block/standardized_conv2d/kernel";
      assertEquals(upstream.bytes(root), weights.bytes(root));
      String head = "resnet/head/conv2d/kernel";
      assertFalse(upstream.bytes(head).equals(weights.bytes(head)));
    }
  }

  @Test
  void runsOnceOnly() throws IOException {
    FineTuning job = run("once", 1).build();
    job.call();
    assertThrows(IllegalStateException.class, job::call);
  }

  @Test
  void stopsWhenTheLossIsNotANumber() throws IOException {
    HyperRule wild =
        HyperRule.of(ImageDatasets.survey(pictures), TINY).toBuilder()
            .batch(24)
            .rate(1e30)
            .resize(32)
            .crop(32)
            .steps(50)
            .build();
    FineTuning job = run("wild", 1).hyperRule(wild).build();
    IOException e = assertThrows(IOException.class, job::call);
    assertInstanceOf(TrainingException.class, e);
    assertTrue(e.getMessage().contains("lower the learning rate"), e.getMessage());
  }
}
