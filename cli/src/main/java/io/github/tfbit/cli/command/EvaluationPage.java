package io.github.tfbit.cli.command;

import io.github.tfbit.BitModel;
import io.github.tfbit.HtmlReport;
import io.github.tfbit.cli.console.Text;
import io.github.tfbit.cli.options.ModelArgument;
import io.github.tfbit.converters.ContentId;
import io.github.tfbit.data.ImageDataset;
import io.github.tfbit.evaluate.Evaluation;
import io.github.tfbit.evaluate.Mistake;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * An evaluation as a page to look at.
 *
 * @param result its figures
 * @param classes names in the order of the head
 * @param worst mistakes
 * @param pictures that were judged by
 * @param how it was done: by name what the command knows of it
 */
record EvaluationPage(
    Evaluation result,
    List<String> classes,
    List<Mistake> worst,
    ImageDataset pictures,
    Map<String, String> how) {
  /** The page of a model; with all that its run recorded, if it is one. */
  String html(ModelArgument model, BitModel opened, String command) throws IOException {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("model", model.name());
    facts.put("architecture", opened.architecture().name());
    facts.put("size", opened.size() + " px");
    HtmlReport report;
    try (Upstream upstream = Upstream.open(model)) {
      facts.put("content id of the weights", ContentId.of(upstream.weights()).id());
      report =
          upstream.run().isPresent()
              ? HtmlReport.of(upstream.run().get())
              : HtmlReport.titled("Evaluation of " + model.name());
    }
    facts.putAll(how);
    facts.put("tfbit", Versions.tfbit());
    return report
        .say(Text.of("Judged by %s of %s.", how.get("split"), how.get("data")))
        .evaluation(result, classes)
        .mistakes(worst, pictures, classes)
        .facts("This evaluation", facts)
        .command(command)
        .html();
  }
}
