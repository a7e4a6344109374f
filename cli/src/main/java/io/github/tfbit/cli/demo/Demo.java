package io.github.tfbit.cli.demo;

import io.github.tfbit.SavedModelExport;
import io.github.tfbit.checkpoints.Checkpoint;
import io.github.tfbit.cli.command.Session;
import io.github.tfbit.cli.console.Failure;
import io.github.tfbit.converters.Architecture;
import io.github.tfbit.data.ImageDataset;
import io.github.tfbit.data.ImageDatasets;
import io.github.tfbit.graph.InitialWeights;
import io.github.tfbit.graph.SessionOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** The main job from end to end, on drawn pictures, into one directory. */
final class Demo {
  /** Training pictures of each class in one subset. */
  static final int PER_CLASS = 10;

  static final int SUBSETS = 3;

  /** Held-out pictures of each class. */
  static final int HELD_OUT = 20;

  private static final int CLASSES = Outline.values().length;

  private final Session session;
  private final SessionOptions options;
  private final Path out;
  private final long seed;

  Demo(Session session, SessionOptions options, Path out, long seed) {
    this.session = session;
    this.options = options;
    this.out = out;
    this.seed = seed;
  }

  DemoResult run() throws IOException, InterruptedException, Failure {
    long start = System.nanoTime();
    ImageDataset pictures = draw("train", PER_CLASS * SUBSETS, seed * 2);
    ImageDataset heldOut = draw("test", HELD_OUT, seed * 2 + 1);
    session
        .console()
        .say("drew " + (pictures.size() + heldOut.size()) + " pictures of " + CLASSES + " classes");
    try (ShippedUpstream upstream = ShippedUpstream.open()) {
      Architecture architecture = upstream.architecture();
      DemoRule rule = DemoRule.of(subset(pictures, 0), architecture);
      Trainings trainings = new Trainings(session, options, architecture, rule.rule(), heldOut);
      List<Trainings.Trained> transferred = new ArrayList<>();
      List<Trainings.Trained> scratch = new ArrayList<>();
      for (int i = 0; i < SUBSETS; i++) {
        ImageDataset some = subset(pictures, i);
        String number = " " + (i + 1) + " of " + SUBSETS;
        Path runs = out.resolve("runs");
        transferred.add(
            trainings.train(
                "transferred" + number,
                upstream.weights(),
                some,
                seed + i,
                runs.resolve("transferred-" + (i + 1))));
        session.interrupts().check();
        try (Checkpoint initial = InitialWeights.of(architecture, CLASSES, seed + i)) {
          scratch.add(
              trainings.train(
                  "from scratch" + number,
                  initial,
                  some,
                  seed + i,
                  runs.resolve("scratch-" + (i + 1))));
        }
        session.interrupts().check();
      }
      Comparison comparison =
          new Comparison(
              curve("transferred", trainings, transferred),
              curve("from scratch", trainings, scratch));
      Path export = export(transferred.get(0));
      List<Answer> answers = ask(export);
      double seconds = (System.nanoTime() - start) / 1e9;
      return new DemoResult(comparison, answers, out.relativize(export), rule.facts(), seconds);
    }
  }

  private ImageDataset draw(String part, int perClass, long drawingSeed) throws IOException {
    Path dir = out.resolve("pictures").resolve(part);
    DrawnPictures.write(dir, perClass, drawingSeed);
    return ImageDatasets.folder(dir);
  }

  /** Ten pictures of each class, others for every number; the folder's order is by class. */
  private static ImageDataset subset(ImageDataset all, int number) {
    int perClass = PER_CLASS * SUBSETS;
    return ImageDatasets.subset(
        all,
        IntStream.range(0, all.size()).filter(i -> i % perClass / PER_CLASS == number).toArray());
  }

  private static Curve curve(String label, Trainings trainings, List<Trainings.Trained> runs) {
    return new Curve(
        label, trainings.steps(), runs.stream().map(Trainings.Trained::accuracies).toList());
  }

  private Path export(Trainings.Trained trained) throws IOException {
    return SavedModelExport.of(trained.run().directory()).build().writeTo(out.resolve("model"));
  }

  private List<Answer> ask(Path export) throws IOException, InterruptedException {
    List<Answer> answers = new ArrayList<>();
    Path test = out.resolve("pictures").resolve("test");
    try (ReloadedExport model = new ReloadedExport(export)) {
      for (Outline outline : Outline.values()) {
        session.interrupts().check();
        for (Path file : DrawnPictures.files(test, outline)) {
          ReloadedExport.Best best = model.best(Files.readAllBytes(file));
          answers.add(new Answer(file, outline.label(), best.label(), best.score()));
        }
      }
    }
    return answers;
  }
}
