package io.github.tfbit;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import io.github.tfbit.checkpoints.AtomicFile;
import io.github.tfbit.checkpoints.CheckpointException;
import io.github.tfbit.checkpoints.Existing;
import io.github.tfbit.checkpoints.Problem;
import io.github.tfbit.converters.Activation;
import io.github.tfbit.converters.Architecture;
import io.github.tfbit.converters.ContentId;
import io.github.tfbit.converters.Head;
import io.github.tfbit.data.ImageSize;
import io.github.tfbit.graph.Endpoint;
import io.github.tfbit.image.Decoding;
import io.github.tfbit.plan.Change;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;

/** The files of a RUN and what is in them. */
final class RunFiles {
  static final String SETTINGS = "run.json";
  static final String LABELS = "labels.txt";
  static final String PROVENANCE = "provenance.json";
  static final String METRICS = "metrics.jsonl";
  static final String EVENTS = "events";
  static final String REPORT = "report.html";
  static final String WEIGHTS = "model.npz";
  static final String STATE = "state";
  static final String DATA = STATE + "/data.jsonl.gz";

  private static final String OWN_FUNCTIONS = "own_functions";
  private static final String WITHIN = "within_seconds";
  private static final String GIVEN_UP = "given_up";
  private static final String MACHINE = "machine";
  private static final double MOMENTUM = 0.9;

  private RunFiles() {}

  /** What a RUN says of its model. */
  record Model(
      Architecture architecture,
      Head head,
      int side,
      Decoding decoding,
      Optional<String> ownHead,
      Optional<String> contentId) {}

  /** NaN is no JSON, and a loss that is NaN ends the run before it is written. */
  static Gson gson() {
    return new GsonBuilder().serializeNulls().disableHtmlEscaping().create();
  }

  static void write(Path dir, TrainingJob job, Plan plan, Provenance provenance)
      throws IOException {
    Gson pretty = gson().newBuilder().setPrettyPrinting().create();
    RunWriter.writeText(
        dir.resolve(LABELS), String.join("\n", job.settings().train.classes()) + "\n");
    JsonObject origin = provenance(provenance);
    origin.add(MACHINE, gson().toJsonTree(Machine.facts(job.settings().session)));
    RunWriter.writeText(dir.resolve(PROVENANCE), pretty.toJson(origin) + "\n");
    RunWriter.writeText(dir.resolve(SETTINGS), pretty.toJson(settings(job, plan)) + "\n");
  }

  static JsonObject settings(TrainingJob job, Plan plan) throws IOException {
    Architecture a = job.architecture();
    JsonObject model = new JsonObject();
    model.addProperty("name", a.name());
    JsonArray units = new JsonArray();
    a.units().forEach(units::add);
    model.add("units", units);
    model.addProperty("root_channels", a.rootChannels());
    model.addProperty("groups", a.groups());
    JsonObject head = new JsonObject();
    head.addProperty("classes", job.classes());
    head.addProperty("activation", lower(job.settings().loss));
    job.head()
        .ifPresent(
            h -> {
              head.add("kept", gson().toJsonTree(h.kept()));
              head.add("added", gson().toJsonTree(h.added()));
              head.addProperty("dropped", h.dropped().size());
            });
    JsonObject run = new JsonObject();
    run.addProperty("kind", lower(job.kind()));
    run.add("architecture", model);
    run.add("head", head);
    run.addProperty("size", plan.augmentation().crop());
    TypicalPicture.write(job.typicalPicture(), run);
    DecodingJson.write(job.settings().decoding, run);
    run.add("training", training(job, plan));
    run.addProperty("command", job.settings().command);
    run.add("versions", gson().toJsonTree(new TreeMap<>(Versions.all())));
    return run;
  }

  private static JsonObject training(TrainingJob job, Plan plan) throws IOException {
    Recipe r = job.recipe();
    JsonObject t = new JsonObject();
    t.addProperty("examples", job.settings().train.size());
    t.addProperty("held_out", job.settings().validation.map(d -> d.size()).orElse(0));
    t.addProperty("steps", plan.steps());
    t.add("supports", gson().toJsonTree(r.schedule().supports()));
    t.addProperty("rate", r.schedule().base());
    t.addProperty("batch", plan.batch());
    t.addProperty("micro_batch", plan.microBatch());
    t.addProperty("resize", plan.augmentation().resize());
    t.addProperty("crop", plan.augmentation().crop());
    t.addProperty("flip", lower(plan.augmentation().flip()));
    t.addProperty("mixup", r.mixUpAlpha());
    t.addProperty("momentum", MOMENTUM);
    t.addProperty("weight_decay", r.weightDecay());
    List<Double> weights = job.objective().classWeights();
    t.add("class_weights", weights.isEmpty() ? null : gson().toJsonTree(weights));
    t.addProperty("frozen_up_to", job.cut().map(Endpoint::layer).orElse(null));
    t.add(OWN_FUNCTIONS, gson().toJsonTree(job.settings().own.names()));
    job.choice()
        .ifPresent(
            c -> {
              t.addProperty(WITHIN, c.within().toSeconds());
              t.add(
                  GIVEN_UP, gson().toJsonTree(c.changes().stream().map(RunFiles::lower).toList()));
            });
    t.addProperty("evaluate_every", job.settings().evaluateEvery);
    t.addProperty("seed", job.settings().seed);
    t.addProperty("device", job.settings().session.device().toString());
    t.addProperty("threads", job.settings().session.threads());
    return t;
  }

  private static JsonObject provenance(Provenance p) {
    JsonObject o = new JsonObject();
    o.addProperty("upstream", p.upstream());
    o.addProperty("upstream_sha256", p.upstreamSha256().orElse(null));
    o.addProperty("upstream_content_id", p.upstreamContentId().orElse(null));
    o.addProperty("data_sha256", p.dataSha256());
    o.addProperty("seed", p.seed());
    o.add("versions", gson().toJsonTree(new TreeMap<>(p.versions())));
    return o;
  }

  static Provenance readProvenance(Path dir) throws IOException {
    JsonObject o = read(dir.resolve(PROVENANCE));
    try {
      Map<String, String> versions = new TreeMap<>();
      o.getAsJsonObject("versions")
          .entrySet()
          .forEach(e -> versions.put(e.getKey(), e.getValue().getAsString()));
      return new Provenance(
          o.get("upstream").getAsString(),
          text(o, "upstream_sha256"),
          text(o, "upstream_content_id"),
          o.get("data_sha256").getAsString(),
          o.get("seed").getAsLong(),
          versions);
    } catch (RuntimeException e) {
      throw corrupt(dir.resolve(PROVENANCE), e);
    }
  }

  /** What a run was computed on; nothing in runs that did not record it. */
  static Map<String, String> readMachine(Path dir) throws IOException {
    JsonObject o = read(dir.resolve(PROVENANCE));
    Map<String, String> facts = new LinkedHashMap<>();
    try {
      if (o.has(MACHINE)) {
        o.getAsJsonObject(MACHINE)
            .entrySet()
            .forEach(e -> facts.put(e.getKey(), e.getValue().getAsString()));
      }
      return facts;
    } catch (RuntimeException e) {
      throw corrupt(dir.resolve(PROVENANCE), e);
    }
  }

  private static Optional<String> text(JsonObject o, String key) {
    return o.has(key) && !o.get(key).isJsonNull()
        ? Optional.of(o.get(key).getAsString())
        : Optional.empty();
  }

  /** Adds what is known of the weights once they are there. */
  static void addContentId(Path dir, ContentId weights) throws IOException {
    JsonObject run = read(dir.resolve(SETTINGS));
    run.addProperty("content_id", weights.id());
    String pretty = gson().newBuilder().setPrettyPrinting().create().toJson(run);
    AtomicFile.write(
        dir.resolve(SETTINGS), Existing.REPLACE, f -> Files.writeString(f, pretty + "\n"));
  }

  static JsonObject readSettings(Path dir) throws IOException {
    return read(dir.resolve(SETTINGS));
  }

  /** How many steps the whole run has. */
  static int readSteps(Path dir) throws IOException {
    try {
      return readSettings(dir).getAsJsonObject("training").get("steps").getAsInt();
    } catch (RuntimeException e) {
      throw corrupt(dir.resolve(SETTINGS), e);
    }
  }

  /** What a run gave up to fit into a time; empty if none was asked for. */
  static Optional<List<Change>> readChanges(Path dir) throws IOException {
    JsonObject training = readSettings(dir).getAsJsonObject("training");
    try {
      if (training == null || !training.has(GIVEN_UP)) {
        return Optional.empty();
      }
      List<Change> changes = new ArrayList<>();
      training
          .getAsJsonArray(GIVEN_UP)
          .forEach(c -> changes.add(Change.valueOf(c.getAsString().toUpperCase(Locale.ROOT))));
      return Optional.of(changes);
    } catch (RuntimeException e) {
      throw corrupt(dir.resolve(SETTINGS), e);
    }
  }

  /** The step after which the held-out pictures were answered best; of equals the first. */
  static OptionalInt bestStep(Path dir) throws IOException {
    return readReports(dir).stream()
        .max(Comparator.comparingDouble(Run.Report::top1).thenComparing(r -> -r.step()))
        .map(r -> OptionalInt.of(r.step()))
        .orElse(OptionalInt.empty());
  }

  /** What a user does to go on with an unfinished run. */
  static String howToGoOn(Path dir) throws IOException {
    return resumeCommand(dir)
        .map(c -> "to go on: " + c)
        .orElse("run it again with the same settings, resumed");
  }

  /** The command that goes on with a run that a command started. */
  static Optional<String> resumeCommand(Path dir) throws IOException {
    return text(readSettings(dir), "command").filter(c -> !c.isBlank()).map(RunFiles::resuming);
  }

  /** A command line, with --resume and without --force. */
  static String resuming(String typed) {
    String plain = typed.replaceAll(" --(force|resume|dry-run)(?= |$)", "");
    return plain + " --resume";
  }

  static Model readModel(Path dir) throws IOException {
    JsonObject o = read(dir.resolve(SETTINGS));
    try {
      JsonObject a = o.getAsJsonObject("architecture");
      List<Integer> units = new ArrayList<>();
      a.getAsJsonArray("units").forEach(u -> units.add(u.getAsInt()));
      JsonObject h = o.getAsJsonObject("head");
      return new Model(
          new Architecture(units, a.get("root_channels").getAsInt(), a.get("groups").getAsInt()),
          new Head(
              h.get("classes").getAsInt(),
              Activation.valueOf(h.get("activation").getAsString().toUpperCase(Locale.ROOT))),
          o.get("size").getAsInt(),
          DecodingJson.read(o),
          ownHead(o),
          text(o, "content_id"));
    } catch (RuntimeException e) {
      throw corrupt(dir.resolve(SETTINGS), e);
    }
  }

  /** The median size of the training pictures; empty in runs that do not say. */
  static Optional<ImageSize> readTypicalPicture(Path dir) throws IOException {
    try {
      return TypicalPicture.read(readSettings(dir));
    } catch (RuntimeException e) {
      throw corrupt(dir.resolve(SETTINGS), e);
    }
  }

  private static Optional<String> ownHead(JsonObject run) {
    JsonObject training = run.getAsJsonObject("training");
    List<String> names = new ArrayList<>();
    if (training != null && training.has(OWN_FUNCTIONS)) {
      training.getAsJsonArray(OWN_FUNCTIONS).forEach(n -> names.add(n.getAsString()));
    }
    return OwnFunctions.headOf(names);
  }

  static List<Run.Report> readReports(Path dir) throws IOException {
    List<Run.Report> reports = new ArrayList<>();
    Path file = dir.resolve(METRICS);
    try {
      for (String line : Files.readAllLines(file)) {
        JsonObject o = JsonParser.parseString(line).getAsJsonObject();
        if (o.has("top1")) {
          reports.add(
              new Run.Report(
                  o.get("step").getAsInt(),
                  o.get("held_out").getAsLong(),
                  o.get("top1").getAsDouble(),
                  o.get("top5").getAsDouble(),
                  o.get("ece").getAsDouble()));
        }
      }
    } catch (RuntimeException e) {
      throw corrupt(file, e);
    }
    return List.copyOf(reports);
  }

  private static JsonObject read(Path file) throws IOException {
    try {
      return JsonParser.parseString(Files.readString(file)).getAsJsonObject();
    } catch (JsonParseException | IllegalStateException e) {
      throw corrupt(file, e);
    }
  }

  private static CheckpointException corrupt(Path file, RuntimeException cause) {
    return new CheckpointException.Corrupt(
        new Problem(
            "what a run writes there",
            cause.getClass().getSimpleName() + ": " + cause.getMessage(),
            file.toString(),
            "restore the file, or train again"),
        cause);
  }

  private static String lower(Enum<?> e) {
    return e.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
