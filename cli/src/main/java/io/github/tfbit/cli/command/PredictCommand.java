package io.github.tfbit.cli.command;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.github.tfbit.BitModel;
import io.github.tfbit.Prediction;
import io.github.tfbit.Prediction.Ranked;
import io.github.tfbit.Prediction.Refused;
import io.github.tfbit.Prediction.Score;
import io.github.tfbit.cli.console.Progress;
import io.github.tfbit.cli.console.Text;
import io.github.tfbit.cli.options.CommonOptions;
import io.github.tfbit.cli.options.ModelArgument;
import io.github.tfbit.cli.options.ModelOption;
import io.github.tfbit.cli.options.OutputOption;
import io.github.tfbit.cli.options.Pictures;
import io.github.tfbit.cli.options.PositiveInteger;
import io.github.tfbit.cli.options.RuntimeOptions;
import io.github.tfbit.cli.options.SizeOption;
import io.github.tfbit.data.ImageSource;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.TypeConversionException;

/** Names what pictures show. */
@Command(
    name = "predict",
    description = "Name what pictures show, best class first.",
    footer = {
      "",
      "Example:",
      "  tfbit predict --model runs/photos --top 3 shoe.jpg holiday/",
      "",
      "A picture that cannot be read is reported, the others are answered, and the",
      "exit status is 1."
    })
public final class PredictCommand implements Callable<Integer> {
  private final Session session;

  @Mixin private ModelOption model;

  @Parameters(arity = "1..*", paramLabel = "IMAGE|FOLDER", description = "Pictures.")
  private List<Path> inputs;

  @Option(
      names = "--top",
      paramLabel = "K",
      converter = PositiveInteger.class,
      description = "Classes to name for each picture (default: 5).")
  private int top = BitModel.DEFAULT_TOP;

  @Mixin private SizeOption size;

  @Option(
      names = "--scores",
      paramLabel = "S",
      converter = ScoresConverter.class,
      description = "probability or logit (default: probability).")
  private Scores scores = Scores.PROBABILITY;

  @Option(
      names = "--csv",
      paramLabel = "FILE",
      description = "Write path,rank,index,label,score to a file too.")
  private Path csv;

  @Mixin private OutputOption output;
  @Mixin private RuntimeOptions runtime;
  @Mixin private CommonOptions common;

  /** What is printed beside a label. */
  enum Scores {
    PROBABILITY,
    LOGIT;

    double of(Score score) {
      return this == PROBABILITY ? score.probability() : score.logit();
    }
  }

  /** Reads a kind of score. */
  static final class ScoresConverter implements ITypeConverter<Scores> {
    @Override
    public Scores convert(String value) {
      return switch (value) {
        case "probability" -> Scores.PROBABILITY;
        case "logit" -> Scores.LOGIT;
        default ->
            throw new TypeConversionException(
                "expected probability or logit, found '" + value + "'");
      };
    }
  }

  /**
   * The command.
   *
   * @param session to speak and be interrupted by
   */
  public PredictCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() throws Exception {
    List<Path> files = Pictures.list(inputs);
    try (CsvFile table = CsvFile.open(Optional.ofNullable(csv), output.existing());
        ModelArgument argument = model.resolve(session.console());
        BitModel opened = session.open(argument, runtime.session(files.size()), size.get(), top)) {
      Session.requireHead(opened.head(), argument);
      table.row("path", "rank", "index", "label", "score");
      Session.noteOf(opened.labels()).ifPresent(session.console()::say);
      JsonObject json = Session.json(argument, opened);
      if (opened.thresholds().isPresent()) {
        session.console().say("* marks labels that reach their stored threshold");
      }
      json.addProperty("labels", opened.labels().knowledge().name().toLowerCase(Locale.ROOT));
      json.addProperty("scores", scores.name().toLowerCase(Locale.ROOT));
      JsonArray answers = new JsonArray();
      int bad = predict(opened, files, table, answers);
      table.commit();
      if (common.json()) {
        json.add("predictions", answers);
        session.console().result(json);
      }
      return bad == 0 ? 0 : 1;
    }
  }

  private int predict(BitModel opened, List<Path> files, CsvFile table, JsonArray answers)
      throws IOException, InterruptedException {
    int bad = 0;
    int chunk = Session.chunk(opened);
    try (Progress progress = new Progress(session.console(), "pictures", files.size())) {
      for (int from = 0; from < files.size(); from += chunk) {
        session.interrupts().check();
        List<Path> some = files.subList(from, Math.min(files.size(), from + chunk));
        List<Prediction> predictions = opened.classify(some.stream().map(ImageSource::of).toList());
        for (int i = 0; i < some.size(); i++) {
          bad += answer(some.get(i).toString(), predictions.get(i), table, answers);
        }
        if (files.size() > chunk) {
          progress.report(from + some.size(), bad == 0 ? "" : bad + " bad");
        }
      }
    }
    return bad;
  }

  /** A star for a label that counts as there. */
  private static String mark(Score score) {
    return score.isPresent().orElse(false) ? "*" : " ";
  }

  private int answer(String path, Prediction prediction, CsvFile table, JsonArray answers)
      throws IOException {
    JsonObject json = new JsonObject();
    json.addProperty("path", path);
    answers.add(json);
    if (prediction instanceof Refused refused) {
      session.console().insist("tfbit predict: " + refused.why());
      json.addProperty("error", refused.why());
      return 1;
    }
    Ranked ranked = (Ranked) prediction;
    JsonArray best = new JsonArray();
    json.add("top", best);
    if (!common.json()) {
      session.console().result(path);
    }
    for (int rank = 0; rank < ranked.top().size(); rank++) {
      Score score = ranked.top().get(rank);
      double value = scores.of(score);
      if (!common.json()) {
        session.console().result(Text.of("%s %8.4f  %s", mark(score), value, score.label()));
      }
      JsonObject entry = new JsonObject();
      entry.addProperty("index", score.index());
      entry.addProperty("label", score.label());
      score.wordNetId().ifPresent(id -> entry.addProperty("wordnet_id", id));
      entry.addProperty("score", value);
      score.threshold().ifPresent(t -> entry.addProperty("threshold", t));
      score.isPresent().ifPresent(p -> entry.addProperty("present", p));
      best.add(entry);
      table.row(
          path,
          String.valueOf(rank + 1),
          String.valueOf(score.index()),
          score.label(),
          String.valueOf(value));
    }
    return 0;
  }
}
