package io.github.tfbit;

import io.github.tfbit.TrainingListener.Outcome;
import io.github.tfbit.checkpoints.Checkpoint;
import io.github.tfbit.checkpoints.Problem;
import io.github.tfbit.converters.Architecture;
import io.github.tfbit.converters.PublishedModel;
import io.github.tfbit.image.BatchDecoder;
import io.github.tfbit.train.InputPipeline;
import io.github.tfbit.train.MixUp;
import io.github.tfbit.train.PictureOrder;
import io.github.tfbit.train.TrainingGraph;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicBoolean;

/** A run from its settings to its weights: the one engine of fine-tuning and pre-training. */
final class TrainingJob {
  private final TrainingBuilder<?> settings;
  private final Kind kind;
  private final Checkpoint upstream;
  private final Architecture architecture;
  private final Recipe recipe;
  private final boolean freezeBackbone;
  private final AtomicBoolean started = new AtomicBoolean();
  private volatile boolean cancelled;

  /** What a run is for. */
  enum Kind {
    FINE_TUNING,
    PRE_TRAINING
  }

  TrainingJob(
      TrainingBuilder<?> settings,
      Kind kind,
      Checkpoint upstream,
      Architecture architecture,
      Recipe recipe,
      boolean freezeBackbone) {
    this.settings = settings;
    this.kind = kind;
    this.upstream = upstream;
    this.architecture = architecture;
    this.recipe = recipe;
    this.freezeBackbone = freezeBackbone;
    settings.directory();
  }

  TrainingBuilder<?> settings() {
    return settings;
  }

  Kind kind() {
    return kind;
  }

  Checkpoint upstream() {
    return upstream;
  }

  Architecture architecture() {
    return architecture;
  }

  Recipe recipe() {
    return recipe;
  }

  boolean freezeBackbone() {
    return freezeBackbone;
  }

  void cancel() {
    cancelled = true;
  }

  /** Ends the run here if somebody wants it to end. */
  void checkCancelled() {
    if (cancelled || Thread.currentThread().isInterrupted()) {
      throw new CancellationException("cancelled: " + settings.directory() + " has no weights");
    }
  }

  Plan plan() throws IOException {
    int side = recipe.augmentation().crop();
    int micro =
        settings.batchSplit == 0
            ? MicroBatchRule.choose(architecture, side, recipe.batch())
            : MicroBatchRule.split(recipe.batch(), settings.batchSplit);
    List<String> notes = new ArrayList<>();
    if (recipe.batch() > settings.train.size()) {
      notes.add(
          "a batch of "
              + recipe.batch()
              + " repeats some of the "
              + settings.train.size()
              + " pictures");
    }
    if (freezeBackbone) {
      notes.add("only the head learns");
    }
    Path directory = settings.directory();
    if (settings.replace && Files.exists(directory.resolve(RunFiles.WEIGHTS))) {
      notes.add(
          "the run that is there is kept in "
              + Replaced.aside(directory)
              + " until the new one has its weights");
    }
    return new Plan(
        recipe.schedule().steps(),
        recipe.batch(),
        micro,
        recipe.augmentation(),
        micro * MicroBatchRule.bytesPerImage(architecture, side),
        notes);
  }

  Run call() throws IOException {
    if (!started.compareAndSet(false, true)) {
      throw new IllegalStateException("expected one call of a run, found a second; build another");
    }
    Outcome outcome = Outcome.FAILED;
    try {
      Run run = train();
      outcome = Outcome.FINISHED;
      return run;
    } catch (CancellationException e) {
      outcome = Outcome.CANCELLED;
      throw e;
    } finally {
      settings.listener.ended(outcome);
    }
  }

  private Run train() throws IOException {
    Plan plan = plan();
    checkData();
    PublishedModel.requireMatch(upstream, architecture, classes(), true);
    RunWriter.check(settings.directory(), settings.replace);
    settings.listener.planned(plan);
    try (TrainingGraph graph =
        new TrainingGraph(
            architecture,
            classes(),
            settings.loss,
            settings.session,
            freezeBackbone,
            recipe.weightDecay())) {
      graph.load(upstream, false);
      checkCancelled();
      if (!settings.checked) {
        checkPictures(plan);
      }
      try (RunWriter writer = RunWriter.start(this, plan)) {
        steps(graph, plan, writer);
        try (Checkpoint weights = graph.weights()) {
          settings.listener.saved(writer.finish(weights));
        }
      }
    }
    return Run.open(settings.directory());
  }

  /** Refuses pictures that cannot be decoded before anything is written. */
  private void checkPictures(Plan plan) throws IOException {
    try {
      for (Optional<PlainPictures> part :
          List.of(PlainPictures.train(this, plan), PlainPictures.heldOut(this, plan))) {
        if (part.isPresent()) {
          part.get().check();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      checkCancelled();
    }
  }

  private void steps(TrainingGraph graph, Plan plan, RunWriter writer) throws IOException {
    int threads = settings.session.threads();
    PictureOrder order =
        new PictureOrder.Shuffled(
            settings.train.size(), recipe.batch(), plan.steps(), settings.seed);
    Optional<MixUp> mixUp =
        recipe.mixUpAlpha() == 0
            ? Optional.empty()
            : Optional.of(new MixUp(recipe.mixUpAlpha(), settings.seed));
    try (BatchDecoder decoder =
            BatchDecoder.open(settings.decoding, recipe.augmentation(), settings.seed, threads);
        InputPipeline pictures =
            InputPipeline.start(
                settings.train,
                decoder,
                settings.loss,
                new InputPipeline.Cut(order, plan.microBatch(), mixUp),
                0,
                threads)) {
      new TrainingLoop(this, graph, plan, writer).run(pictures);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      checkCancelled();
    }
  }

  int classes() {
    return settings.train.classes().size();
  }

  private void checkData() throws IOException {
    List<String> classes = settings.train.classes();
    Labels.of(classes);
    if (classes.size() < 2 || settings.train.size() < 1) {
      throw new TrainingException(
          new Problem(
              "pictures of at least two classes",
              settings.train.size() + " pictures of " + classes.size(),
              "the training data",
              "add pictures"));
    }
    if (settings.validation.isPresent() && !settings.validation.get().classes().equals(classes)) {
      throw new TrainingException(
          new Problem(
              "the same " + classes.size() + " classes in both parts",
              settings.validation.get().classes().size() + " others",
              "the held-out data",
              "give both parts one class list"));
    }
  }
}
