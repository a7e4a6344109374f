package io.github.tfbit;

import io.github.tfbit.TrainingListener.Outcome;
import io.github.tfbit.checkpoints.Checkpoint;
import io.github.tfbit.checkpoints.Problem;
import io.github.tfbit.converters.Architecture;
import io.github.tfbit.converters.PublishedModel;
import io.github.tfbit.data.ImageDataset;
import io.github.tfbit.data.ImageSize;
import io.github.tfbit.graph.Endpoint;
import io.github.tfbit.plan.Change;
import io.github.tfbit.plan.MachineMemory;
import io.github.tfbit.plan.MemoryEstimate;
import io.github.tfbit.plan.Quantities;
import io.github.tfbit.state.Progress;
import io.github.tfbit.train.MicroBatches;
import io.github.tfbit.train.Objective;
import io.github.tfbit.train.TrainingGraph;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicBoolean;

/** A run from its settings to its weights: the one engine of fine-tuning and pre-training. */
final class TrainingJob {
  /** How long a cancelled run may take to finish its step; what it has of it is given up then. */
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final TrainingBuilder<?> settings;
  private final Kind kind;
  private final Checkpoint upstream;
  private final Architecture architecture;
  private final Recipe recipe;
  private final Optional<Endpoint> cut;
  private final Optional<KeptHead> head;
  private final AtomicBoolean started = new AtomicBoolean();
  private volatile long cancelledAt;
  private Optional<Objective> objective = Optional.empty();
  private Optional<Choice> choice = Optional.empty();
  private Optional<ImageSize> typicalPicture = Optional.empty();

  /**
   * Why a run is not as it was asked for.
   *
   * @param within the time that it was to fit into
   * @param changes what was given up for that
   */
  record Choice(Duration within, List<Change> changes) {}

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
      Optional<Endpoint> cut,
      Optional<KeptHead> head) {
    this.settings = settings;
    this.kind = kind;
    this.upstream = upstream;
    this.architecture = architecture;
    this.recipe = recipe;
    this.cut = cut;
    this.head = head;
    if (settings.resume && settings.replace) {
      throw new IllegalArgumentException("expected to resume a run or to replace it, found both");
    }
    if (cut.isPresent() && settings.own.hasAugmentation()) {
      throw new IllegalArgumentException(
          "expected a frozen part or an augmentation, found both: features are not augmented");
    }
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

  /** The end of the part that stays as it is; empty if everything learns. */
  Optional<Endpoint> cut() {
    return cut;
  }

  /** What the run is judged by; empty if there is nothing. */
  Optional<ImageDataset> heldOut() {
    return settings.validation.filter(d -> d.size() > 0);
  }

  Optional<KeptHead> head() {
    return head;
  }

  /** What was given up, if anything was to be. */
  Optional<Choice> choice() {
    return choice;
  }

  /** Says why this run is not as it was asked for. */
  TrainingJob chosen(Choice why) {
    choice = Optional.of(why);
    return this;
  }

  /** Says what the median size of the training pictures is. */
  TrainingJob typicalPicture(Optional<ImageSize> size) {
    typicalPicture = size;
    return this;
  }

  /** The median size of the training pictures, where a survey has found it out. */
  Optional<ImageSize> typicalPicture() {
    return typicalPicture;
  }

  /** What is made smaller; looks at the labels the first time if classes are balanced. */
  Objective objective() throws IOException {
    if (objective.isEmpty()) {
      objective =
          Optional.of(
              new Objective(
                  settings.loss,
                  settings.classWeights.over(settings.train),
                  settings.own.loss(),
                  settings.own.head()));
    }
    return objective.get();
  }

  void cancel() {
    if (cancelledAt == 0) {
      cancelledAt = System.nanoTime() | 1;
    }
  }

  /** Ends the run here if somebody wants it to end. */
  void checkCancelled() {
    if (cancelledAt != 0 || Thread.currentThread().isInterrupted()) {
      throw new CancellationException("cancelled: " + settings.directory() + " has no weights");
    }
  }

  /** As {@link #checkCancelled}, in the middle of a step, which may be finished if it is short. */
  void checkPatience() {
    long since = cancelledAt == 0 ? 0 : System.nanoTime() - cancelledAt;
    if (since > PATIENCE.toNanos() || Thread.currentThread().isInterrupted()) {
      checkCancelled();
    }
  }

  Plan plan() throws IOException {
    int side = recipe.augmentation().crop();
    int micro =
        settings.batchSplit == 0
            ? microBatch(side)
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
    cut.ifPresent(c -> notes.add(FrozenPart.note(c, side)));
    head.ifPresent(h -> notes.add(h.toString()));
    choice.ifPresent(
        c ->
            notes.add(
                "to be done within "
                    + Quantities.duration((double) c.within().toSeconds())
                    + ": "
                    + PlanText.title(c.changes())));
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
        memory(micro, side),
        notes);
  }

  /** What the process holds at most with so many pictures at a time. */
  MemoryEstimate memory(int micro, int side) {
    boolean split = micro < recipe.batch();
    if (cut.isEmpty()) {
      return MemoryEstimate.of(architecture, classes(), side, micro, split);
    }
    int described = MicroBatch.of(architecture, ImageSize.square(side));
    return MemoryEstimate.behindFrozen(
        architecture,
        classes(),
        side,
        new MemoryEstimate.Frozen(lastBlock(cut.get()), described, micro, split));
  }

  private static int lastBlock(Endpoint end) {
    return switch (end) {
      case ROOT_BLOCK -> 0;
      case BLOCK1 -> 1;
      case BLOCK2 -> 2;
      case BLOCK3 -> 3;
      case BLOCK4, PRE_LOGITS, LOGITS -> 4;
    };
  }

  /** Pictures in the network at a time: those that features are computed of, if it is frozen. */
  int atATime(int micro, int side) {
    return cut.isPresent() && cut.get() == Endpoint.PRE_LOGITS
        ? MicroBatch.of(architecture, ImageSize.square(side))
        : micro;
  }

  /** The head alone takes a batch of any size; what lies behind an earlier cut as the whole. */
  private int microBatch(int side) {
    return cut.isPresent() && cut.get() == Endpoint.PRE_LOGITS
        ? recipe.batch()
        : MicroBatchRule.choose(architecture, side, recipe.batch());
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
    if (settings.resume && Run.isFinished(settings.directory())) {
      return Run.openFinished(settings.directory());
    }
    Plan plan = plan();
    checkData();
    MemoryCheck.require(this, plan, MachineMemory.find());
    PublishedModel.requireMatch(upstream, architecture, classes(), true);
    boolean goesOn = goesOn();
    requireDirectory();
    settings.listener.planned(plan);
    RunInputs inputs = inputs();
    try (TrainingGraph graph = graph()) {
      if (!goesOn) {
        load(graph);
      }
      checkCancelled();
      if (!settings.checked && cut.isEmpty()) {
        checkPictures(inputs, plan);
      }
      Resumption.Point point = goesOn ? new Resumption(this).open(plan, graph) : start(plan);
      try (RunWriter writer = point.writer()) {
        if (goesOn && point.progress().step() == 0) {
          load(graph);
        }
        if (goesOn) {
          settings.listener.resumed(point.progress().step(), point.notes());
        }
        Optional<HeldOut.Judged> judged = steps(graph, plan, inputs, point);
        try (Checkpoint weights = graph.weights()) {
          RunPage.write(this, weights, judged);
          writer.thresholds(judged.flatMap(j -> j.evaluation().labels()), settings.train.classes());
          settings.listener.saved(writer.finish(weights));
        }
      }
    }
    return Run.open(settings.directory());
  }

  private boolean goesOn() {
    return settings.resume && Run.isRun(settings.directory());
  }

  /** Refuses a directory that cannot be this run's. */
  void requireDirectory() throws IOException {
    if (!goesOn()) {
      RunWriter.check(settings.directory(), settings.replace);
    }
  }

  private Resumption.Point start(Plan plan) throws IOException {
    return new Resumption.Point(RunWriter.start(this, plan), new Progress(0, 0, 0), List.of());
  }

  /** The network, without weights. */
  TrainingGraph graph() throws IOException {
    return new TrainingGraph(
        architecture, classes(), objective(), settings.session, cut, recipe.weightDecay());
  }

  /** Puts the weights in that the run starts from. */
  void load(TrainingGraph graph) throws IOException {
    if (head.isPresent()) {
      graph.load(upstream, head.get().over(upstream));
    } else {
      graph.load(upstream, false);
    }
  }

  /** The part that stays as it is. */
  FrozenPart frozen() {
    return new FrozenPart(
        upstream,
        architecture,
        cut.orElseThrow(),
        recipe.augmentation().crop(),
        settings.decoding,
        settings.session);
  }

  /** Pictures, or their features, which are computed now if they are not in the cache. */
  RunInputs inputs() throws IOException {
    RunInputs.Settings how = RunInputs.Settings.of(this);
    if (cut.isEmpty()) {
      return new PictureInputs(how, settings.own.augmentation());
    }
    FrozenPart frozen = frozen();
    FeatureInputs inputs = new FeatureInputs(how);
    for (Map.Entry<String, ImageDataset> part : RunWriter.parts(this).entrySet()) {
      FrozenPart.Watcher watcher =
          (rows, of) -> {
            checkCancelled();
            settings.listener.described(part.getKey(), rows, of);
          };
      inputs.put(
          part.getValue(), frozen.features(settings.featureCache(), part.getValue(), watcher));
    }
    return inputs;
  }

  /** Refuses pictures that cannot be decoded before anything is written. */
  private void checkPictures(RunInputs inputs, Plan plan) throws IOException {
    try {
      PlainPictures.check(this, inputs, plan.microBatch());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      checkCancelled();
    }
  }

  private Optional<HeldOut.Judged> steps(
      TrainingGraph graph, Plan plan, RunInputs inputs, Resumption.Point from) throws IOException {
    List<Run.Report> judged = RunFiles.readReports(settings.directory());
    int done = from.progress().step();
    double best = judged.stream().mapToDouble(Run.Report::top1).max().orElse(-1);
    TrainingLoop loop = new TrainingLoop(this, graph, plan, inputs, from, best);
    RunInputs.Extent extent = new RunInputs.Extent(plan.batch(), plan.microBatch(), plan.steps());
    try (MicroBatches pictures = inputs.train(settings.train, extent, done)) {
      loop.run(pictures, judged.stream().anyMatch(r -> r.step() == done));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      keep(loop, e);
      checkCancelled();
    } catch (IOException | RuntimeException e) {
      keep(loop, e);
      throw e;
    }
    return loop.judged();
  }

  /** Nothing of what was done is lost, whatever ended the run. */
  private static void keep(TrainingLoop loop, Exception cause) {
    try {
      loop.saveIfNeeded();
    } catch (IOException | RuntimeException e) {
      cause.addSuppressed(e);
    }
  }

  int classes() {
    return settings.train.classes().size();
  }

  void checkData() throws IOException {
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
