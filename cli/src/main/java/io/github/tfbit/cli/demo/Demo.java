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
  private static final int CLASSES = Outline.values().length;

  private final Session session;
  private final SessionOptions options;
  private final Path out;
  private final long seed;
  private final DemoScale scale;

  Demo(Session session, SessionOptions options, Path out, long seed, DemoScale scale) {
    this.session = session;
    this.options = options;
    this.out = out;
    this.seed = seed;
    this.scale = scale;
  }

  DemoResult run() throws IOException, InterruptedException, Failure {
    long start = System.nanoTime();
    ImageDataset pictures = draw("train", scale.perClass() * scale.subsets(), seed * 2);
    ImageDataset heldOut = draw("test", scale.heldOut(), seed * 2 + 1);
    session
        .console()
        .say("drew " + (pictures.size() + heldOut.size()) + " pictures of " + CLASSES + " classes");
    try (ShippedUpstream upstream = ShippedUpstream.open()) {
      Architecture architecture = upstream.architecture();
      DemoRule rule = DemoRule.of(subset(pictures, 0), architecture, scale.steps());
      Trainings trainings =
          new Trainings(
              session, options, architecture, rule.rule(), heldOut, scale.evaluateEvery());
      List<Trainings.Trained> transferred = new ArrayList<>();
      List<Trainings.Trained> scratch = new ArrayList<>();
      for (int i = 0; i < scale.subsets(); i++) {
        ImageDataset some = subset(pictures, i);
        transferred.add(train(trainings, "transferred", upstream.weights(), some, i));
        try (Checkpoint initial = InitialWeights.of(architecture, CLASSES, seed + i)) {
          scratch.add(train(trainings, "from scratch", initial, some, i));
        }
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

  private Trainings.Trained train(
      Trainings trainings, String what, Checkpoint start, ImageDataset pictures, int subset)
      throws IOException, InterruptedException {
    session.interrupts().check();
    String folder = what.replace(' ', '-') + "-" + (subset + 1);
    return trainings.train(
        what + " " + (subset + 1) + " of " + scale.subsets(),
        start,
        pictures,
        seed + subset,
        out.resolve("runs").resolve(folder));
  }

  private ImageDataset draw(String part, int perClass, long drawingSeed) throws IOException {
    Path dir = out.resolve("pictures").resolve(part);
    DrawnPictures.write(dir, perClass, drawingSeed);
    return ImageDatasets.folder(dir);
  }

  /** A few pictures of each class, others for every number; the folder's order is by class. */
  private ImageDataset subset(ImageDataset all, int number) {
    int perClass = scale.perClass() * scale.subsets();
    return ImageDatasets.subset(
        all,
        IntStream.range(0, all.size())
            .filter(i -> i % perClass / scale.perClass() == number)
            .toArray());
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
