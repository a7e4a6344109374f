package io.github.tfbit.cli.command;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.github.tfbit.BitModel;
import io.github.tfbit.checkpoints.Problem;
import io.github.tfbit.cli.console.Failure;
import io.github.tfbit.cli.console.Text;
import io.github.tfbit.cli.options.CommonOptions;
import io.github.tfbit.cli.options.ModelArgument;
import io.github.tfbit.cli.options.ModelOption;
import io.github.tfbit.cli.options.OutputOption;
import io.github.tfbit.cli.options.RuntimeOptions;
import io.github.tfbit.cli.options.SizeOption;
import io.github.tfbit.data.ImageSize;
import io.github.tfbit.graph.Endpoint;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Writes what the network computes on its way. */
@Command(
    name = "features",
    description = "Write what the network computes of pictures on its way.",
    footer = {
      "",
      "Example:",
      "  tfbit features --model R50x1.npz --out photos.npy photos/",
      "",
      "writes photos.npy, float32, one row per picture, and photos.csv, which says",
      "which picture is in which row."
    })
public final class FeaturesCommand implements Callable<Integer> {
  private static final String NPY = ".npy";

  private final Session session;

  @Spec private CommandSpec spec;
  @Mixin private ModelOption model;

  @Parameters(
      arity = "1..*",
      paramLabel = "INPUT",
      description =
          "Pictures and folders of pictures; or one .npy of float32"
              + " [rows, height, width, 3] in [-1, 1], which is taken as it is.")
  private List<Path> inputs;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "FILE.npy",
      description = "Where to write the features.")
  private Path out;

  @Option(
      names = "--layer",
      paramLabel = "NAME",
      description =
          "root_block, block1, block2, block3, block4, pre_logits or logits"
              + " (default: pre_logits).")
  private String layer = Endpoint.PRE_LOGITS.layer();

  @Mixin private SizeOption size;
  @Mixin private OutputOption output;
  @Mixin private RuntimeOptions runtime;
  @Mixin private CommonOptions common;

  /**
   * The command.
   *
   * @param session to speak and be interrupted by
   */
  public FeaturesCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() throws Exception {
    Endpoint at = endpoint();
    try (FeatureSource source = source();
        ModelArgument argument = model.resolve(session.console());
        BitModel opened =
            session.open(
                argument, runtime.session(source.rows()), size(source), BitModel.DEFAULT_TOP)) {
      if (at == Endpoint.LOGITS) {
        Session.requireHead(opened.head(), argument);
      }
      FeatureWriter writer = new FeatureWriter(session, out, output.existing());
      List<Integer> shape = writer.write(opened, at, source);
      JsonObject json = Session.json(argument, opened);
      JsonArray dimensions = new JsonArray();
      shape.forEach(dimensions::add);
      json.addProperty("out", out.toString());
      json.addProperty("layer", at.layer());
      json.add("shape", dimensions);
      if (common.json()) {
        session.console().result(json);
      } else {
        session.console().say(Text.of("%s: float32 %s, %s", out, shape, at.layer()));
      }
      return 0;
    }
  }

  private Endpoint endpoint() throws Failure {
    for (Endpoint e : Endpoint.values()) {
      if (e.layer().equals(layer)) {
        return e;
      }
    }
    throw new Failure(
        new Problem(
            "one of "
                + Arrays.stream(Endpoint.values())
                    .map(Endpoint::layer)
                    .collect(Collectors.joining(", ")),
            "'" + layer + "'",
            "--layer",
            "give one of these names"));
  }

  private Optional<ImageSize> size(FeatureSource source) {
    if (source.ownSize().isPresent() && size.get().isPresent()) {
      throw new ParameterException(
          spec.commandLine(), "--size is for pictures: an .npy is taken in the size it has");
    }
    return source.ownSize().or(size::get);
  }

  private FeatureSource source() throws Exception {
    boolean pixels =
        inputs.stream().anyMatch(p -> p.toString().toLowerCase(Locale.ROOT).endsWith(NPY));
    if (!pixels) {
      return FeatureSource.pictures(inputs);
    }
    if (inputs.size() > 1) {
      throw new Failure(
          new Problem(
              "pictures, or one .npy alone",
              inputs.size() + " inputs with an .npy among them",
              inputs.stream().map(Path::toString).collect(Collectors.joining(", ")),
              "give the .npy in a command of its own"));
    }
    return FeatureSource.pixels(inputs.get(0));
  }
}
