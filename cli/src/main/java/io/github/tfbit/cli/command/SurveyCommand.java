package io.github.tfbit.cli.command;

import com.google.gson.JsonObject;
import io.github.tfbit.cli.options.CheckOptions;
import io.github.tfbit.cli.options.CommonOptions;
import io.github.tfbit.data.DataSource;
import io.github.tfbit.data.ImageDataset;
import io.github.tfbit.data.ImageDatasets;
import io.github.tfbit.image.Decoding;
import io.github.tfbit.survey.CheckResult;
import io.github.tfbit.survey.DataSurvey;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Says what is in a data set. */
@Command(
    name = "survey",
    description = "Say what is in your data: counts, formats, sizes, and what is wrong with it.",
    footer = {
      "",
      "Example:",
      "  tfbit survey photos --check full",
      "",
      "decodes every picture of photos/ once, names those that cannot be decoded,",
      "and those of the same bytes in train/ and test/ or in two classes."
    })
public final class SurveyCommand implements Callable<Integer> {
  private final Session session;

  @Parameters(paramLabel = "D", description = "The data, as finetune takes it with --data.")
  private String data;

  @Mixin private CheckOptions check;
  @Mixin private CommonOptions common;

  /**
   * The command.
   *
   * @param session to speak and be interrupted by
   */
  public SurveyCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() throws Exception {
    DataSource source = ImageDatasets.source(data);
    source.notes().forEach(n -> session.console().say("note: " + n));
    Map<String, ImageDataset> splits = source.splits();
    Surveying surveying = new Surveying(session, splits);
    DataSurvey survey = surveying.headers(CheckOptions.threads(0));
    int pictures = splits.values().stream().mapToInt(ImageDataset::size).sum();
    Optional<CheckResult> checked =
        check.full(pictures)
            ? Optional.of(surveying.check(check.settings(data, Decoding.DEFAULT, 0)))
            : Optional.empty();
    if (common.json()) {
      JsonObject json = SurveyJson.of(survey);
      json.addProperty("data", data);
      checked.ifPresent(c -> json.add("check", SurveyJson.of(c)));
      session.console().result(json);
    } else {
      SurveyText.lines(survey).forEach(session.console()::result);
      checked.ifPresent(c -> SurveyText.lines(c).forEach(session.console()::result));
    }
    return checked.map(c -> c.bad().isEmpty()).orElse(true) ? 0 : 1;
  }
}
