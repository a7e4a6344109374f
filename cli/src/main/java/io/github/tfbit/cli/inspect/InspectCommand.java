package io.github.tfbit.cli.inspect;

import com.google.gson.JsonObject;
import io.github.tfbit.checkpoints.Finite;
import io.github.tfbit.cli.command.Session;
import io.github.tfbit.cli.command.Upstream;
import io.github.tfbit.cli.options.CommonOptions;
import io.github.tfbit.cli.options.ModelArgument;
import io.github.tfbit.converters.ContentId;
import io.github.tfbit.converters.TensorDigest;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Says what a model file is, from its content. */
@Command(
    name = "inspect",
    description = "Say what a model is, and read all of it once to see that it is sound.",
    footer = {
      "",
      "Example:",
      "  tfbit inspect R50x1.npz --tensors",
      "  tfbit inspect runs/photos --against R50x1.npz",
      "",
      "The exit status is 1 if a weight is NaN or infinite, and with --against if the",
      "two differ."
    })
public final class InspectCommand implements Callable<Integer> {
  private final Session session;

  @Parameters(
      arity = "0..1",
      paramLabel = "M",
      description =
          "An .npz, .h5 or .safetensors file, a SavedModel directory or .tar.gz, a run"
              + " directory, or a name that tfbit models lists.")
  private String model;

  @Option(
      names = "--model",
      paramLabel = "M",
      description = "The same as M alone, as the other commands have it.")
  private String option;

  @Option(
      names = "--tensors",
      description = "List every tensor: shape, CRC32C, smallest, largest, mean.")
  private boolean tensors;

  @Option(
      names = "--against",
      paramLabel = "OTHER",
      description = "Another model, of any form: name the tensors that differ.")
  private String other;

  @Mixin private CommonOptions common;
  @Spec private CommandSpec spec;

  /**
   * The command.
   *
   * @param session to speak by
   */
  public InspectCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() throws Exception {
    try (ModelArgument argument = ModelArgument.resolve(named(), session.console());
        Upstream upstream = Upstream.open(argument)) {
      Inspection inspection = Inspection.of(argument, upstream);
      Optional<Against> against =
          other == null ? Optional.empty() : Optional.of(compared(inspection.content()));
      report(inspection, against);
      requireFinite(upstream, inspection.content());
      return against.map(a -> a.differences().isEmpty()).orElse(true) ? 0 : 1;
    }
  }

  private String named() {
    if ((model == null) == (option == null)) {
      throw new ParameterException(
          spec.commandLine(),
          model == null
              ? "expected a model M to inspect, found none"
              : "expected one model, found two");
    }
    return model == null ? option : model;
  }

  private Against compared(ContentId content) throws Exception {
    try (ModelArgument argument = ModelArgument.resolve(other, session.console());
        Upstream upstream = Upstream.open(argument)) {
      return Against.of(argument.name(), content, ContentId.of(upstream.weights()));
    }
  }

  private void report(Inspection inspection, Optional<Against> against) {
    if (common.json()) {
      JsonObject json = InspectionJson.of(inspection, tensors);
      against.ifPresent(a -> json.add("against", a.json()));
      session.console().result(json);
      return;
    }
    InspectionText.of(inspection).forEach(session.console()::result);
    against.ifPresent(a -> a.lines().forEach(session.console()::result));
    if (tensors) {
      InspectionText.tensors(inspection).forEach(session.console()::result);
    }
  }

  /** The report has named it among the defects; the status and the error say it again. */
  private static void requireFinite(Upstream upstream, ContentId content) throws IOException {
    for (TensorDigest bad : content.notFinite()) {
      String name = bad.tensor().name();
      Finite.require(upstream.weights(), name, upstream.weights().bytes(name));
    }
  }
}
