package io.github.tfbit.cli.command;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.github.tfbit.Doctor;
import io.github.tfbit.cli.console.Console;
import io.github.tfbit.cli.console.Text;
import io.github.tfbit.cli.options.CommonOptions;
import io.github.tfbit.cli.options.ModelArgument;
import io.github.tfbit.cli.options.Pictures;
import io.github.tfbit.data.DataSource;
import io.github.tfbit.data.ImageDataset;
import io.github.tfbit.data.ImageDatasets;
import io.github.tfbit.doctor.Diagnosis;
import io.github.tfbit.doctor.Diagnosis.Suspicion;
import io.github.tfbit.doctor.Fault;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Says why two models do not answer alike. */
@Command(
    name = "doctor",
    description = "Say why two models do not answer alike.",
    footer = {
      "",
      "Example:",
      "  tfbit doctor runs/photos http://127.0.0.1:8501/v1/models/photos",
      "",
      "It compares answers to pictures, and tries the usual mistakes on the model",
      "whose weights it can read, until that one answers as the other does: the",
      "range of pixels, BGR, size and kernel of the resize, EXIF, transparency,",
      "epsilon, padding, labels, softmax or sigmoid. Exit status 1 if they differ."
    })
public final class DoctorCommand implements Callable<Integer> {
  private static final int INDENT = 2;

  /** So many pictures show a mistake as well as more would. */
  private static final int ENOUGH = 8;

  private final Session session;

  @Parameters(
      index = "0",
      paramLabel = "A",
      description = "A model: a file, a run, a SavedModel, a published name, or a REST address.")
  private String a;

  @Parameters(index = "1", paramLabel = "B", description = "Another.")
  private String b;

  @Option(
      names = "--data",
      paramLabel = "D",
      description =
          "Pictures to compare by, of which 8 are taken: a folder of pictures or labelled data"
              + " (default: drawn ones that show most mistakes).")
  private String data;

  @Mixin private CommonOptions common;

  /**
   * The command.
   *
   * @param session to speak by
   */
  public DoctorCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() throws Exception {
    try (Named first = named(a);
        Named second = named(b);
        Doctor doctor = Doctor.of(first.place(), second.place())) {
      Diagnosis diagnosis = data == null ? doctor.examine() : doctor.examine(pictures());
      if (common.json()) {
        session.console().result(json(diagnosis, first, second));
      } else {
        lines(diagnosis, first, second).forEach(session.console()::result);
      }
      return diagnosis.alike() ? 0 : 1;
    }
  }

  /** What the user calls a model, and where it is. */
  private record Named(String name, String place, Closeable owner) implements Closeable {
    @Override
    public void close() throws IOException {
      owner.close();
    }
  }

  private Named named(String model) throws Exception {
    if (model.startsWith("http://") || model.startsWith("https://")) {
      return new Named(model, model, () -> {});
    }
    ModelArgument argument = ModelArgument.resolve(model, model, session.console());
    return new Named(model, argument.path().toString(), argument::close);
  }

  private List<byte[]> pictures() throws Exception {
    List<byte[]> pictures = new ArrayList<>();
    Path folder = Path.of(data);
    if (Files.isDirectory(folder)) {
      List<Path> files = Pictures.list(List.of(folder));
      for (int i = 0; i < Math.min(ENOUGH, files.size()); i++) {
        pictures.add(
            Files.readAllBytes(files.get(i * files.size() / Math.min(ENOUGH, files.size()))));
      }
      return pictures;
    }
    DataSource source = ImageDatasets.source(data, OptionalInt.empty());
    ImageDataset all = source.split(0, 0).train();
    for (int i = 0; i < Math.min(ENOUGH, all.size()); i++) {
      pictures.add(all.example(i).encoded());
    }
    return pictures;
  }

  private static String figure(double distance) {
    return Double.isInfinite(distance)
        ? "no class in common"
        : String.format(Locale.ROOT, "%.2g", distance);
  }

  private static String who(Suspicion suspicion, Named first, Named second) {
    return suspicion.model().equals(first.place()) ? first.name() : second.name();
  }

  private static List<String> lines(Diagnosis d, Named first, Named second) throws IOException {
    List<String> lines = new ArrayList<>();
    lines.add("A  " + first.name());
    lines.add("B  " + second.name());
    if (d.alike()) {
      lines.add(
          "alike: their answers are " + figure(d.distance()) + " apart (0 alike, 1 unrelated)");
      return lines;
    }
    lines.add(
        "not alike: their answers are " + figure(d.distance()) + " apart (0 alike, 1 unrelated)");
    d.layer().ifPresent(l -> lines.add("the first layer that differs: " + l));
    String heading = d.suspicions().get(0).certain() ? "most likely" : "perhaps, in part";
    for (Suspicion s : d.suspicions()) {
      lines.add("");
      lines.add(heading + ", " + who(s, first, second) + ":");
      for (int i = 0; i < s.faults().size(); i++) {
        Fault fault = s.faults().get(i);
        String detail = s.details().get(i).isEmpty() ? "" : " (" + s.details().get(i) + ")";
        wrapped(lines, fault.words() + detail);
        wrapped(lines, "what to do: " + fault.remedy());
      }
      if (s.faults().get(0) != Fault.UNKNOWN) {
        wrapped(lines, "left over, if so: " + figure(s.distance()));
      }
      heading = "or";
    }
    return lines;
  }

  private static void wrapped(List<String> lines, String text) {
    for (String line : Text.wrap(text, Console.COLUMNS - INDENT)) {
      lines.add(" ".repeat(INDENT) + line);
    }
  }

  private static JsonObject json(Diagnosis d, Named first, Named second) {
    JsonObject json = new JsonObject();
    json.addProperty("a", first.name());
    json.addProperty("b", second.name());
    json.addProperty("alike", d.alike());
    if (!Double.isInfinite(d.distance())) {
      json.addProperty("distance", d.distance());
    }
    d.layer().ifPresent(l -> json.addProperty("first_layer", l));
    JsonArray suspicions = new JsonArray();
    for (Suspicion s : d.suspicions()) {
      JsonObject one = new JsonObject();
      one.addProperty("model", who(s, first, second));
      JsonArray faults = new JsonArray();
      for (int i = 0; i < s.faults().size(); i++) {
        JsonObject fault = new JsonObject();
        fault.addProperty("fault", s.faults().get(i).name().toLowerCase(Locale.ROOT));
        fault.addProperty("words", s.faults().get(i).words());
        fault.addProperty("detail", s.details().get(i));
        fault.addProperty("remedy", s.faults().get(i).remedy());
        faults.add(fault);
      }
      one.add("faults", faults);
      one.addProperty("distance", s.distance());
      suspicions.add(one);
    }
    json.add("suspicions", suspicions);
    return json;
  }
}
