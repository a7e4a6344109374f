package io.github.tfbit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.tfbit.checkpoints.Checkpoint;
import io.github.tfbit.checkpoints.OutputException;
import io.github.tfbit.checkpoints.npz.NpzReader;
import io.github.tfbit.checkpoints.npz.NpzWriter;
import io.github.tfbit.converters.Architecture;
import io.github.tfbit.converters.PublishedNames;
import io.github.tfbit.converters.testing.SeededCheckpoint;
import io.github.tfbit.data.DataException;
import io.github.tfbit.data.ImageDataset;
import io.github.tfbit.data.ImageDatasets;
import io.github.tfbit.graph.InitialWeights;
import io.github.tfbit.image.Decoding;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResumeTest {
  private static final Architecture TINY = new Architecture(List.of(1, 1, 1, 1), 8, 4);
  private static final int STEPS = 7;

  @TempDir private static Path shared;
  private static Path original;
  private static Run whole;

  @TempDir private Path dir;
  private Path photos;

  @BeforeAll
  static void trainOneToItsEndAndStopAnother() throws IOException {
    original = shared.resolve("photos");
    for (int label = 0; label < Drawn.CLASSES.size(); label++) {
      Path folder = Files.createDirectories(original.resolve(Drawn.CLASSES.get(label)));
      for (int i = 0; i < 8; i++) {
        Files.write(
            folder.resolve(i + ".png"), Drawn.encode(Drawn.picture(label, i, 20, 20), "png"));
      }
    }
    whole = run(original, shared.resolve("whole"), rule -> rule).build().call();
    FineTuning job =
        run(original, shared.resolve("stopped"), rule -> rule)
            .saveEvery(1)
            .listener(failingAfter(5))
            .build();
    assertThrows(UncheckedIOException.class, job::call);
  }

  /** The run that was stopped after step 5, its newest states those of steps 4 and 5. */
  private void stopped(String name) throws IOException {
    copy(shared.resolve("stopped"), dir.resolve(name));
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        Files.copy(file, to.resolve(from.relativize(file)));
      }
    }
  }

  @BeforeEach
  void takePhotos() {
    photos = original;
  }

  /** MixUp, a split batch and evaluations on the way: all that a state has to do with. */
  private FineTuning.Builder run(String name) throws IOException {
    return run(name, rule -> rule);
  }

  private FineTuning.Builder run(String name, UnaryOperator<HyperRule.Builder> with)
      throws IOException {
    return run(photos, dir.resolve(name), with);
  }

  private static FineTuning.Builder run(
      Path photos, Path directory, UnaryOperator<HyperRule.Builder> with) throws IOException {
    ImageDatasets.Split data = ImageDatasets.open(photos, 0.25, 0);
    HyperRule rule =
        with.apply(
                HyperRule.of(ImageDatasets.survey(data.train()), TINY).toBuilder()
                    .steps(STEPS)
                    .batch(12)
                    .rate(0.02)
                    .mixUpAlpha(0.2)
                    .resize(20)
                    .crop(16))
            .build();
    return FineTuning.from(InitialWeights.of(TINY, 3, 1), data.train())
        .validation(data.heldOut())
        .hyperRule(rule)
        .batchSplit(2)
        .evaluateEvery(2)
        .run(directory);
  }

  /** Ends a run after so many steps, as the power would: by an exception. */
  private static TrainingListener failingAfter(int steps) {
    return new TrainingListener() {
      @Override
      public void stepped(Step s) {
        if (s.step() == steps) {
          throw new UncheckedIOException(new IOException("stop"));
        }
      }
    };
  }

  private static List<String> withoutTimes(Path run) throws IOException {
    try (Stream<String> lines = Files.lines(run.resolve("metrics.jsonl"))) {
      return lines.map(l -> l.replaceAll("\"(images_per_second|wait_share)\":[^,}]*", "")).toList();
    }
  }

  @Test
  void endsAsIfItHadNeverStopped() throws IOException {
    List<String> told = new ArrayList<>();
    assertThrows(
        UncheckedIOException.class, run("stopped").listener(failingAfter(3)).build()::call);
    assertThrows(
        UncheckedIOException.class,
        run("stopped").resume(true).listener(failingAfter(6)).build()::call);
    Run stopped =
        run("stopped")
            .resume(true)
            .saveEvery(1)
            .listener(
                new TrainingListener() {
                  @Override
                  public void resumed(int step, List<String> notes) {
                    told.addAll(notes);
                  }
                })
            .build()
            .call();
    assertEquals(List.of("goes on after step 6"), told);
    assertArrayEquals(
        Files.readAllBytes(whole.weightsFile()), Files.readAllBytes(stopped.weightsFile()));
    assertEquals(withoutTimes(whole.directory()), withoutTimes(stopped.directory()));
    assertEquals(whole.history(), stopped.history());
    assertEquals(whole.contentId(), stopped.contentId());
  }

  @Test
  void keepsTheBestAndNothingElseAtTheEnd() throws IOException {
    stopped("best");
    Run run = run("best").resume(true).build().call();
    int best = 0;
    double top1 = -1;
    for (Run.Report r : run.history()) {
      if (r.top1() > top1) {
        best = r.step();
        top1 = r.top1();
      }
    }
    assertEquals(List.of(2, 4, 6, 7), run.history().stream().map(Run.Report::step).toList());
    Path kept = dir.resolve("best/state/step-0000000" + best + "/model.npz");
    Run opened = Run.openBest(run.directory());
    assertEquals(best == STEPS ? run.weightsFile() : kept, opened.weightsFile());
    assertEquals(best != STEPS, Files.exists(kept));
    try (Stream<Path> states = Files.list(dir.resolve("best/state"))) {
      assertEquals(best == STEPS ? 1 : 2, states.count(), "the best, and the list of pictures");
    }
  }

  @Test
  void leavesAFinishedRunAsItIs() throws IOException {
    copy(whole.directory(), dir.resolve("done"));
    byte[] weights = Files.readAllBytes(whole.weightsFile());
    Run again = run("done", rule -> rule.rate(0.5)).resume(true).build().call();
    assertArrayEquals(weights, Files.readAllBytes(again.weightsFile()));
  }

  @Test
  void tidiesUpAfterARunThatWasKilledBesideItsWeights() throws IOException {
    copy(whole.directory(), dir.resolve("killed"));
    Path lock = Files.createFile(dir.resolve("killed/.lock"));
    Path state = dir.resolve("killed/state/step-00000005");
    copy(shared.resolve("stopped/state/step-00000005"), state);
    run("killed").resume(true).build().call();
    assertFalse(Files.exists(lock));
    assertFalse(Files.exists(state));
  }

  @Test
  void savesWhenItIsCancelled() throws IOException {
    AtomicReference<FineTuning> job = new AtomicReference<>();
    List<Integer> saved = new ArrayList<>();
    job.set(
        run("cancelled")
            .listener(
                new TrainingListener() {
                  @Override
                  public void stepped(Step s) {
                    if (s.step() == 3) {
                      job.get().cancel();
                    }
                  }

                  @Override
                  public void checkpointed(int step, Path state) {
                    assertTrue(Files.exists(state.resolve("model.npz")));
                    saved.add(step);
                  }
                })
            .build());
    assertThrows(CancellationException.class, job.get()::call);
    assertEquals(3, saved.get(saved.size() - 1));
    IOException refused = assertThrows(IOException.class, () -> Run.open(dir.resolve("cancelled")));
    assertTrue(refused.getMessage().contains("resumed"), refused.getMessage());
  }

  @Test
  void namesEverySettingThatContradicts() throws IOException {
    stopped("settings");
    FineTuning other =
        run("settings", rule -> rule.rate(0.5).steps(9))
            .seed(4)
            .decoding(new Decoding(true, Optional.empty()))
            .resume(true)
            .build();
    String message = assertThrows(TrainingException.class, other::call).getMessage();
    for (String part :
        List.of("rate 0.5, not 0.02", "steps 9, not 7", "seed 4, not 0", "exif true, not false")) {
      assertTrue(message.contains(part), message);
    }
    assertFalse(message.contains("batch"), message);
    assertTrue(Files.isDirectory(dir.resolve("settings/state/step-00000005")));
  }

  @Test
  void namesPicturesThatCameWentOrChanged() throws IOException {
    stopped("data");
    photos = dir.resolve("photos");
    copy(original, photos);
    Files.write(photos.resolve("disc/0.png"), Drawn.encode(Drawn.picture(0, 0, 44, 44), "png"));
    DataException changed =
        assertThrows(DataException.class, run("data").resume(true).build()::call);
    assertTrue(changed.getMessage().contains("1 of another size: "), changed.getMessage());
    Files.copy(photos.resolve("disc/0.png"), photos.resolve("disc/new.png"));
    Files.move(photos.resolve("square/3.png"), photos.resolve("stripes/3b.png"));
    changed = assertThrows(DataException.class, run("data").resume(true).build()::call);
    // Which part a picture is in depends on how many there are of its class.
    for (String part : List.of("disc/new.png", "square/3.png", "stripes/3b.png")) {
      assertTrue(changed.getMessage().contains(part), changed.getMessage());
    }
    assertTrue(Files.isDirectory(dir.resolve("data/state/step-00000005")));
  }

  @Test
  void goesOnFromTheStateBeforeADamagedOne() throws IOException {
    stopped("damaged");
    Path newest = dir.resolve("damaged/state/step-00000005/optimizer.npz");
    try (RandomAccessFile file = new RandomAccessFile(newest.toFile(), "rw")) {
      file.seek(file.length() / 2);
      int b = file.read();
      file.seek(file.length() / 2);
      file.write(~b);
    }
    List<String> told = new ArrayList<>();
    Run run =
        run("damaged")
            .resume(true)
            .listener(
                new TrainingListener() {
                  @Override
                  public void resumed(int step, List<String> notes) {
                    told.addAll(notes);
                  }
                })
            .build()
            .call();
    assertTrue(told.get(0).startsWith("the checkpoint of step 5 is damaged: "), told.toString());
    assertEquals("goes on after step 4", told.get(1));
    assertArrayEquals(
        Files.readAllBytes(whole.weightsFile()), Files.readAllBytes(run.weightsFile()));
  }

  @Test
  void keepsASecondRunOut() throws IOException {
    List<String> refused = new ArrayList<>();
    run("locked")
        .resume(true) // where there is nothing yet, it starts
        .listener(
            new TrainingListener() {
              @Override
              public void stepped(Step s) {
                if (s.step() == 1) {
                  for (boolean resume : new boolean[] {true, false}) {
                    refused.add(
                        assertThrows(
                                OutputException.class,
                                () -> run("locked").resume(resume).replace(!resume).build().call())
                            .getMessage());
                  }
                }
              }
            })
        .build()
        .call();
    assertEquals(2, refused.size());
    assertTrue(refused.get(0).contains("at work in it"), refused.get(0));
  }

  private static final List<String> EARLIER = List.of("stripes", "cat", "disc");

  @Test
  void keepsTheRowsOfClassesThatBothKnow() throws IOException {
    ImageDataset data = ImageDatasets.folder(photos);
    Path file = dir.resolve("earlier.npz");
    NpzWriter.write(file, SeededCheckpoint.of(TINY, 3, 7));
    try (Checkpoint earlier = NpzReader.open(file)) {
      KeptHead head = KeptHead.of(earlier, Labels.of(EARLIER), data.classes());
      assertEquals(
          "the head goes on: kept 2 (disc, stripes); at zero 1 (square); dropped 1 (cat)",
          head.toString());
      Checkpoint view = head.over(earlier);
      FloatBuffer was = floats(earlier, PublishedNames.HEAD_KERNEL);
      FloatBuffer is = floats(view, PublishedNames.HEAD_KERNEL);
      assertEquals(was.remaining(), is.remaining());
      for (int row = 0; row < is.remaining() / 3; row++) {
        assertEquals(was.get(3 * row + 2), is.get(3 * row));
        assertEquals(0, is.get(3 * row + 1));
        assertEquals(was.get(3 * row), is.get(3 * row + 2));
      }
      HyperRule rule =
          HyperRule.of(ImageDatasets.survey(data), TINY).toBuilder()
              .steps(1)
              .batch(6)
              .rate(1e-12)
              .resize(16)
              .crop(16)
              .build();
      Run run =
          FineTuning.from(earlier, data)
              .hyperRule(rule)
              .keepHead(Labels.of(EARLIER))
              .run(dir.resolve("kept"))
              .build()
              .call();
      try (Checkpoint weights = run.weights()) {
        FloatBuffer trained = floats(weights, PublishedNames.HEAD_BIAS);
        FloatBuffer before = floats(view, PublishedNames.HEAD_BIAS);
        for (int i = 0; i < 3; i++) {
          assertEquals(before.get(i), trained.get(i), 1e-6f);
        }
      }
      assertThrows(
          TrainingException.class,
          () -> KeptHead.of(earlier, Labels.of(List.of("a", "b", "c")), data.classes()));
    }
  }

  private static FloatBuffer floats(Checkpoint from, String name) throws IOException {
    return from.bytes(name).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
  }
}
