package io.github.tfbit;

import io.github.tfbit.checkpoints.Checkpoint;
import io.github.tfbit.converters.Activation;
import io.github.tfbit.converters.Architecture;
import io.github.tfbit.data.Hashes;
import io.github.tfbit.data.ImageDataset;
import io.github.tfbit.data.ImageDatasets;
import io.github.tfbit.data.Survey;
import io.github.tfbit.evaluate.Evaluation;
import io.github.tfbit.features.FeatureFile;
import io.github.tfbit.fewshot.Method;
import io.github.tfbit.fewshot.Shots;
import io.github.tfbit.fewshot.Trial;
import io.github.tfbit.graph.Endpoint;
import io.github.tfbit.graph.InitialWeights;
import io.github.tfbit.train.LinearProbe;
import io.github.tfbit.train.MicroBatches;
import io.github.tfbit.train.Objective;
import io.github.tfbit.train.TrainingGraph;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.util.Optional;

/** Trains by one method, any number of times. Owns its graph. */
final class FewShotTrainer implements AutoCloseable {
  private static final StepRunner.Watcher NOBODY = StepRunner.Watcher.NONE;

  private final FewShot experiment;
  private final FewShot.Builder settings;
  private final Method method;
  private final Survey survey;
  private final Optional<TrainingGraph> graph;
  private FrozenRows frozen;

  private FewShotTrainer(
      FewShot experiment, Method method, Survey survey, Optional<TrainingGraph> graph) {
    this.experiment = experiment;
    this.settings = experiment.settings();
    this.method = method;
    this.survey = survey;
    this.graph = graph;
  }

  /** Features of all pictures, by side. */
  private record FrozenRows(int side, FeatureFile train, FeatureFile test) {}

  static FewShotTrainer open(FewShot experiment, Method method, Survey survey) {
    Optional<Endpoint> cut =
        method == Method.FROZEN ? Optional.of(Endpoint.PRE_LOGITS) : Optional.empty();
    FewShot.Builder s = experiment.settings();
    Optional<TrainingGraph> graph =
        method == Method.PROBE
            ? Optional.empty()
            : Optional.of(
                new TrainingGraph(
                    experiment.architecture(),
                    s.train.classes().size(),
                    Objective.of(Activation.SOFTMAX),
                    s.session,
                    cut,
                    0));
    return new FewShotTrainer(experiment, method, survey, graph);
  }

  Trial run(Shots shots, int subset, int[] pictures) throws IOException, InterruptedException {
    experiment.checkCancelled();
    HyperRule rule = experiment.rule(survey, pictures.length);
    long seed = Hashes.mix(settings.seed, subset);
    if (method == Method.PROBE) {
      return new Trial(method, shots, subset, 0, probe(rule, pictures));
    }
    load(seed);
    ImageDataset train = ImageDatasets.subset(settings.train, pictures);
    int micro =
        method == Method.FROZEN
            ? rule.batch()
            : MicroBatchRule.choose(
                experiment.architecture(), rule.augmentation().crop(), rule.batch());
    RunInputs inputs = inputs(rule, seed, train, pictures);
    RunInputs.Extent extent = new RunInputs.Extent(rule.batch(), micro, rule.steps());
    try (MicroBatches parts = inputs.train(train, extent, 0)) {
      StepRunner steps = new StepRunner(graph.orElseThrow(), rule.batch(), micro);
      for (int step = 0; step < rule.steps(); step++) {
        experiment.checkCancelled();
        double loss = steps.step(parts, (float) rule.rate(step), NOBODY);
        settings.listener.stepped(step + 1, rule.steps(), loss);
      }
    }
    return new Trial(method, shots, subset, rule.steps(), judge(inputs, micro));
  }

  private void load(long seed) throws IOException {
    if (method != Method.SCRATCH) {
      graph.orElseThrow().load(settings.upstream, false);
      return;
    }
    Architecture a = experiment.architecture();
    try (Checkpoint random = InitialWeights.of(a, settings.train.classes().size(), seed)) {
      graph.orElseThrow().load(random, false);
    }
  }

  private RunInputs inputs(HyperRule rule, long seed, ImageDataset train, int[] pictures)
      throws IOException {
    RunInputs.Settings how =
        new RunInputs.Settings(
            rule.augmentation(),
            method == Method.FROZEN ? 0 : rule.mixUpAlpha(),
            settings.decoding,
            Activation.SOFTMAX,
            seed,
            settings.session.threads());
    if (method != Method.FROZEN) {
      return new PictureInputs(how);
    }
    FrozenRows rows = frozen(rule.augmentation().crop());
    FeatureInputs inputs = new FeatureInputs(how);
    inputs.put(train, rows.train().rows(pictures));
    inputs.put(settings.test, rows.test());
    return inputs;
  }

  private double judge(RunInputs inputs, int micro) throws IOException, InterruptedException {
    try (MicroBatches pictures = inputs.once(settings.test, micro)) {
      Evaluation evaluation =
          HeldOut.evaluate(
                  graph.orElseThrow(),
                  pictures,
                  settings.train.classes().size(),
                  Activation.SOFTMAX,
                  experiment::checkCancelled)
              .evaluation();
      return evaluation.top1();
    }
  }

  private FrozenRows frozen(int side) throws IOException {
    if (frozen == null || frozen.side() != side) {
      FrozenPart part =
          new FrozenPart(
              settings.upstream,
              experiment.architecture(),
              Endpoint.PRE_LOGITS,
              side,
              settings.decoding,
              settings.session);
      frozen =
          new FrozenRows(
              side,
              part.features(settings.featureCache(), settings.train, watcher("train")),
              part.features(settings.featureCache(), settings.test, watcher("test")));
    }
    return frozen;
  }

  private FrozenPart.Watcher watcher(String part) {
    return (rows, of) -> {
      experiment.checkCancelled();
      settings.listener.described(part, rows, of);
    };
  }

  private double probe(HyperRule rule, int[] pictures) throws IOException {
    FrozenRows rows = frozen(rule.augmentation().crop());
    int[] labels = new int[pictures.length];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = settings.train.labels(pictures[i])[0];
    }
    int classes = settings.train.classes().size();
    LinearProbe probe =
        LinearProbe.fit(
            new LinearProbe.Rows(rows.train(), pictures, labels, classes), LinearProbe.L2);
    Evaluation.Counter counter = Evaluation.counter(classes, Activation.SOFTMAX);
    float[] features = new float[experiment.architecture().features()];
    for (int i = 0; i < settings.test.size(); i++) {
      experiment.checkCancelled();
      rows.test().read(i, FloatBuffer.wrap(features));
      counter.add(floats(probe.scores(features)), settings.test.labels(i));
    }
    return counter.result().top1();
  }

  private static float[] floats(double[] values) {
    float[] floats = new float[values.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) values[i];
    }
    return floats;
  }

  @Override
  public void close() {
    graph.ifPresent(TrainingGraph::close);
  }
}
