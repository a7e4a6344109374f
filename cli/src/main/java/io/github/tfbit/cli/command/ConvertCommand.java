package io.github.tfbit.cli.command;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.github.tfbit.Labels;
import io.github.tfbit.checkpoints.Checkpoint;
import io.github.tfbit.checkpoints.OutputException;
import io.github.tfbit.checkpoints.Problem;
import io.github.tfbit.cli.console.Text;
import io.github.tfbit.cli.options.CommonOptions;
import io.github.tfbit.cli.options.ModelArgument;
import io.github.tfbit.cli.options.ModelOption;
import io.github.tfbit.cli.options.OutputOption;
import io.github.tfbit.cli.options.TargetConverter;
import io.github.tfbit.converters.Activation;
import io.github.tfbit.converters.ContentId;
import io.github.tfbit.converters.HeadFacts;
import io.github.tfbit.converters.Interpolation;
import io.github.tfbit.converters.Layout;
import io.github.tfbit.converters.catalogue.Evaluation;
import io.github.tfbit.converters.write.Conversion;
import io.github.tfbit.converters.write.Conversion.Written;
import io.github.tfbit.converters.write.ModelCard;
import io.github.tfbit.converters.write.Target;
import io.github.tfbit.data.ImageSize;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Writes a model's weights for another reader. */
@Command(
    name = "convert",
    description = {
      "Write a model's weights in another form, without losing a bit.",
      "What was written is read again, and its content id is that of the model.",
      "Names of the classes and the size of the pictures travel with timm's and Hugging Face's"
          + " form, names with a SavedModel. None of the forms holds a run's history."
    },
    footer = {
      "",
      "Examples:",
      "  tfbit convert --model R50x1.npz --to hf --out r50x1-hf",
      "  tfbit convert --model runs/photos --to timm --out photos.safetensors"
    })
public final class ConvertCommand implements Callable<Integer> {
  private final Session session;

  @Mixin private ModelOption model;

  @Option(
      names = "--to",
      required = true,
      paramLabel = "FORM",
      converter = TargetConverter.class,
      description =
          "npz (published layout), timm or hf (safetensors and configuration), or savedmodel"
              + " (variables as TensorFlow Hub has them; for serving take export).")
  private Target target;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "PATH",
      description =
          "The file (npz) or directory; for timm and hf a PATH ending in .safetensors is that file,"
              + " with the configuration beside it.")
  private Path out;

  @Mixin private OutputOption output;
  @Mixin private CommonOptions common;

  /**
   * The command.
   *
   * @param session to speak by
   */
  public ConvertCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() throws Exception {
    try (ModelArgument argument = model.resolve(session.console());
        Upstream upstream = Upstream.open(argument)) {
      Checkpoint weights = upstream.weights();
      ModelCard card = card(upstream);
      session
          .console()
          .say(
              Text.of(
                  "%s: %s, about %s to write as %s",
                  argument.name(),
                  card.architecture().name(),
                  Text.bytes(Conversion.expectedBytes(weights)),
                  target.layout().title()));
      ContentId id = ContentId.of(weights);
      notes(upstream, id).forEach(n -> session.console().say("note: " + n));
      Written written =
          Conversion.write(weights, card, target, out, output.existing(), file -> verify(id, file));
      report(argument, upstream, written, id);
      return 0;
    }
  }

  /** Reads back what was written: nothing is called lossless unseen. */
  private void verify(ContentId before, Path written) throws IOException {
    if (session.interrupts().interrupted()) {
      throw new InterruptedIOException("interrupted by the user");
    }
    try (Checkpoint again = Layout.open(written)) {
      ContentId after = ContentId.of(again);
      if (!after.equals(before)) {
        throw new OutputException(
            new Problem(
                "the content id " + before.id(),
                after.id() + " in what was written",
                out.toString(),
                "nothing was kept; check disk and memory, and convert again"),
            null);
      }
    }
  }

  private static ModelCard card(Upstream upstream) {
    Labels labels = upstream.labels();
    boolean named = upstream.head().isPresent() && labels.knowledge() != Labels.Knowledge.UNKNOWN;
    Optional<Evaluation> published = published(upstream);
    int side =
        upstream
            .recorded()
            .size()
            .filter(size -> size.height() == size.width())
            .map(ImageSize::height)
            .or(() -> published.map(Evaluation::crop))
            .orElseGet(() -> ModelCard.paperSide(upstream.architecture()));
    return new ModelCard(
        upstream.architecture(),
        upstream.head(),
        named ? facts(labels) : HeadFacts.NONE,
        side,
        published.map(Evaluation::interpolation).orElse(Interpolation.BILINEAR));
  }

  private static HeadFacts facts(Labels labels) {
    return new HeadFacts(
        Optional.of(labels.names()),
        labels.knowledge() == Labels.Knowledge.ASSUMED,
        labels.wordNetIds(),
        Optional.empty());
  }

  /** What the target cannot carry, or the source should be known for; one sentence each. */
  private List<String> notes(Upstream upstream, ContentId id) {
    List<String> notes = new ArrayList<>();
    if (upstream.labels().knowledge() == Labels.Knowledge.ASSUMED) {
      notes.add(
          Text.of(
              "names of the classes are those assumed for %,d classes", upstream.labels().size()));
    }
    upstream
        .head()
        .filter(h -> target == Target.NPZ && h.activation() != Activation.published(h.classes()))
        .ifPresent(
            h ->
                notes.add(
                    Text.of(
                        "npz has no place for the head's %s: who reads it will take %s for %s",
                        lower(h.activation()),
                        lower(Activation.published(h.classes())),
                        Text.count(h.classes(), "class", "classes"))));
    if (upstream.file().layout() == Layout.TFBIT_EXPORT) {
      notes.add(
          "the kernels of an export are standardised: the answers stay the same, the content id is"
              + " not that of the weights it was made from, and it is no start for training");
    }
    id.notFinite().stream()
        .findFirst()
        .ifPresent(
            t ->
                notes.add(
                    Text.of(
                        "%s NaN or infinite values, the first in %s",
                        Text.count(id.notFinite().size(), "tensor has", "tensors have"),
                        t.tensor().name())));
    return notes;
  }

  private static String lower(Activation activation) {
    return activation.name().toLowerCase(Locale.ROOT);
  }

  /** How pictures were made ready for a model of the catalogue, squares preferred. */
  private static Optional<Evaluation> published(Upstream upstream) {
    return upstream
        .entry()
        .flatMap(
            e ->
                e.evaluations().stream()
                    .filter(v -> v.form() == Evaluation.Form.SQUARE)
                    .findFirst()
                    .or(() -> e.evaluations().stream().findFirst()));
  }

  private void report(ModelArgument argument, Upstream upstream, Written written, ContentId id) {
    if (common.json()) {
      JsonObject json = new JsonObject();
      json.addProperty("model", argument.name());
      json.addProperty("to", target.name().toLowerCase(Locale.ROOT));
      json.addProperty("out", written.path().toString());
      JsonArray files = new JsonArray();
      written.files().forEach(f -> files.add(f.toString()));
      json.add("files", files);
      json.addProperty("bytes", written.bytes());
      json.addProperty("content_id", id.id());
      boolean head = upstream.head().isPresent();
      json.addProperty(
          "labels", head ? upstream.labels().knowledge().name().toLowerCase(Locale.ROOT) : "none");
      json.addProperty("classes", upstream.labels().size());
      JsonArray notes = new JsonArray();
      notes(upstream, id).forEach(notes::add);
      json.add("notes", notes);
      session.console().result(json);
    } else {
      session
          .console()
          .result(
              Text.of(
                  "%s  %s  content id %s", written.path(), Text.bytes(written.bytes()), id.id()));
    }
  }
}
