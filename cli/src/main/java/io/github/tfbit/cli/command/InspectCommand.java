package io.github.tfbit.cli.command;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.github.tfbit.checkpoints.Checkpoint;
import io.github.tfbit.checkpoints.DType;
import io.github.tfbit.checkpoints.Finite;
import io.github.tfbit.checkpoints.TensorInfo;
import io.github.tfbit.cli.console.Table;
import io.github.tfbit.cli.console.Text;
import io.github.tfbit.cli.options.CommonOptions;
import io.github.tfbit.cli.options.ModelArgument;
import io.github.tfbit.converters.Architecture;
import io.github.tfbit.converters.Head;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Says what a model file is, from its content. */
@Command(
    name = "inspect",
    description = "Say what a model is, and read all of it once to see that it is sound.",
    footer = {"", "Example:", "  tfbit inspect R50x1.npz --tensors"})
public final class InspectCommand implements Callable<Integer> {
  private final Session session;

  @Parameters(
      arity = "1",
      paramLabel = "M",
      description = "An .npz file in the published layout, a run directory, or a shipped model.")
  private String model;

  @Option(names = "--tensors", description = "List every tensor.")
  private boolean tensors;

  @Mixin private CommonOptions common;

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
    try (ModelArgument argument = ModelArgument.resolve(model)) {
      try (Upstream upstream = Upstream.open(argument)) {
        requireSound(upstream.weights());
        if (common.json()) {
          session.console().result(json(argument, upstream));
        } else {
          print(upstream);
        }
      }
      return 0;
    }
  }

  /** Reads everything once: checksums and finite values. */
  private static void requireSound(Checkpoint weights) throws IOException {
    for (TensorInfo tensor : weights.tensors()) {
      ByteBuffer contents = weights.bytes(tensor.name());
      if (tensor.dtype() == DType.FLOAT32) {
        Finite.require(weights, tensor.name(), contents);
      }
    }
  }

  private static long parameters(Checkpoint weights) {
    return weights.tensors().stream().mapToLong(TensorInfo::elements).sum();
  }

  private static String activation(Head head) {
    return head.activation().name().toLowerCase(Locale.ROOT);
  }

  private void print(Upstream upstream) throws IOException {
    Architecture a = upstream.architecture();
    String head =
        upstream
            .head()
            .map(h -> Text.count(h.classes(), "class", "classes") + ", " + activation(h))
            .orElse("none: features only");
    new Table(Table.Alignment.LEFT)
        .row("architecture", a.name())
        .row("head", head)
        .row("features", Text.of("%,d", a.features()))
        .row("normalisation", Text.of("GroupNorm, %d groups", a.groups()))
        .row("parameters", Text.of("%,d", parameters(upstream.weights())))
        .row("file", Text.of("%s, npz", Text.bytes(Files.size(upstream.path()))))
        .row("input", "RGB in [-1, 1]")
        .lines()
        .forEach(session.console()::result);
    if (tensors) {
      session.console().result("");
      Table table = new Table();
      for (TensorInfo t : upstream.weights().tensors()) {
        table.row(t.name(), t.shape().toString());
      }
      table.lines().forEach(session.console()::result);
    }
  }

  private JsonObject json(ModelArgument argument, Upstream upstream) throws IOException {
    JsonObject json = new JsonObject();
    json.addProperty("model", argument.name());
    json.addProperty("architecture", upstream.architecture().name());
    json.addProperty("classes", upstream.head().map(Head::classes).orElse(0));
    upstream.head().ifPresent(h -> json.addProperty("activation", activation(h)));
    json.addProperty("features", upstream.architecture().features());
    json.addProperty("norm", "gn");
    json.addProperty("groups", upstream.architecture().groups());
    json.addProperty("parameters", parameters(upstream.weights()));
    json.addProperty("bytes", Files.size(upstream.path()));
    json.addProperty("format", "npz");
    JsonArray range = new JsonArray();
    range.add(-1);
    range.add(1);
    json.add("input_range", range);
    if (tensors) {
      JsonArray list = new JsonArray();
      for (TensorInfo t : upstream.weights().tensors()) {
        JsonObject entry = new JsonObject();
        JsonArray shape = new JsonArray();
        t.shape().forEach(shape::add);
        entry.addProperty("name", t.name());
        entry.addProperty("dtype", t.dtype().name().toLowerCase(Locale.ROOT));
        entry.add("shape", shape);
        list.add(entry);
      }
      json.add("tensors", list);
    }
    return json;
  }
}
