package io.github.tfbit.cli.command;

import com.google.gson.JsonObject;
import io.github.tfbit.BitModel;
import io.github.tfbit.Run;
import io.github.tfbit.SavedModelExport;
import io.github.tfbit.cli.options.CommonOptions;
import io.github.tfbit.cli.options.ModelArgument;
import io.github.tfbit.cli.options.ModelOption;
import io.github.tfbit.cli.options.OutputOption;
import io.github.tfbit.cli.options.Pictures;
import io.github.tfbit.cli.options.PositiveInteger;
import io.github.tfbit.cli.options.RuntimeOptions;
import io.github.tfbit.cli.options.SizeOption;
import io.github.tfbit.converters.Head;
import io.github.tfbit.data.ImageSource;
import io.github.tfbit.export.Precision;
import io.github.tfbit.image.Decoding;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Writes a SavedModel. */
@Command(
    name = "export",
    description = "Write a SavedModel that TensorFlow Serving and Python answer from.",
    footer = {
      "",
      "Example:",
      "  tfbit export --model runs/photos --out models/photos",
      "",
      "writes models/photos/1/, the next time models/photos/2/. README.md in it says",
      "how to serve it and how to ask it."
    })
public final class ExportCommand implements Callable<Integer> {
  private final Session session;

  @Mixin private ModelOption model;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "BASE",
      description = "The directory of the versions; made if it is not there.")
  private Path base;

  @Option(
      names = "--version",
      paramLabel = "N",
      converter = PositiveInteger.class,
      description = "Version to write (default: the next free one).")
  private Integer version;

  @Mixin private SizeOption size;

  @Option(
      names = "--top",
      paramLabel = "K",
      converter = PositiveInteger.class,
      description = "Classes that an answer names, at most all (default: 5).")
  private int top = BitModel.DEFAULT_TOP;

  @Option(
      names = "--warmup",
      paramLabel = "FOLDER",
      description =
          "Pictures that a server answers first, up to 32; they become part of the export"
              + " (default: drawn ones).")
  private Path warmup;

  @Mixin private OutputOption output;
  @Mixin private RuntimeOptions runtime;
  @Mixin private CommonOptions common;

  /**
   * The command.
   *
   * @param session to speak by
   */
  public ExportCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() throws Exception {
    try (ModelArgument argument = model.resolve(session.console());
        Upstream upstream = Upstream.open(argument)) {
      Session.requireHead(upstream.head(), argument);
      session.console().say(argument.name() + " on " + runtime.describe());
      Session.noteOf(upstream.labels()).ifPresent(session.console()::say);
      SavedModelExport.Builder export =
          SavedModelExport.of(upstream.weights())
              .architecture(upstream.architecture())
              .labels(upstream.labels())
              .top(top);
      upstream.head().map(Head::activation).ifPresent(export::activation);
      upstream.run().map(Run::decoding).ifPresent(d -> decode(export, d));
      upstream.recorded().thresholds().ifPresent(export::thresholds);
      size.get().or(upstream.recorded()::size).ifPresent(export::size);
      upstream.recorded().typicalPicture().ifPresent(export::typicalPicture);
      export.precision(precision());
      if (warmup != null) {
        export.warmup(Pictures.list(List.of(warmup)).stream().map(ImageSource::of).toList());
      }
      if (version != null) {
        export.version(version);
      }
      Path written = export.existing(output.existing()).build().writeTo(base);
      if (common.json()) {
        JsonObject json = new JsonObject();
        json.addProperty("model", argument.name());
        json.addProperty("out", written.toString());
        session.console().result(json);
      } else {
        session.console().result(written.toString());
      }
      return 0;
    }
  }

  private Precision precision() {
    return switch (runtime.precision()) {
      case FP32 -> Precision.FLOAT32;
      case BF16 -> Precision.BFLOAT16;
    };
  }

  private void decode(SavedModelExport.Builder export, Decoding decoding) {
    export.decoding(decoding);
    if (decoding.exif()) {
      session
          .console()
          .say(
              "note: the model learned from pictures turned by EXIF; an export does not turn:"
                  + " clients have to");
    }
  }
}
