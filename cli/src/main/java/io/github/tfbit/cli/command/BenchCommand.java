package io.github.tfbit.cli.command;

import com.google.gson.JsonObject;
import io.github.tfbit.BitModel;
import io.github.tfbit.checkpoints.Problem;
import io.github.tfbit.cli.console.Console;
import io.github.tfbit.cli.console.Failure;
import io.github.tfbit.cli.console.Progress;
import io.github.tfbit.cli.console.Text;
import io.github.tfbit.cli.options.ArchitectureConverter;
import io.github.tfbit.cli.options.CommonOptions;
import io.github.tfbit.cli.options.PositiveInteger;
import io.github.tfbit.cli.options.RuntimeOptions;
import io.github.tfbit.converters.Architecture;
import io.github.tfbit.data.ImageSize;
import io.github.tfbit.graph.Endpoint;
import io.github.tfbit.graph.InitialWeights;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** Measures how fast this machine is, on weights and pixels drawn by seed. */
@Command(
    name = "bench",
    description = "Measure how many pictures this machine works through in a second.",
    footer = {
      "",
      "Example:",
      "  tfbit bench --mode infer --arch R50x1 --batch 8 --size 224 --json",
      "",
      "Pixels in memory, through the whole network but the head. In the same process",
      "the answers are checked: rows of a batch against the same rows alone."
    })
public final class BenchCommand implements Callable<Integer> {
  private static final int WARM_UP = 2;
  private static final double NANOS = 1e9;

  /**
   * How far a row in a batch may be from the same row alone, as a share of the features' RMS.
   * Measured 2.4e-6 to 4.9e-6 on R50x1 (docs/fidelity.md); deeper networks have more noise.
   */
  private static final double TOLERANCE = 1e-4;

  private final Session session;

  @Option(
      names = "--mode",
      required = true,
      paramLabel = "MODE",
      converter = ModeConverter.class,
      description = "infer (train, input, load and start come in a later version).")
  private Mode mode;

  @Option(
      names = "--arch",
      paramLabel = "A",
      converter = ArchitectureConverter.class,
      description = "Architecture by name, R50x1 … R152x4 or R26x0.25 (default: R50x1).")
  private Architecture architecture = Architecture.named("R50x1");

  @Option(
      names = "--batch",
      paramLabel = "B",
      converter = PositiveInteger.class,
      description = "Pictures at a time (default: 8).")
  private int batch = 8;

  @Option(
      names = "--size",
      paramLabel = "S",
      converter = PositiveInteger.class,
      description = "Side of the pictures in pixels (default: 224).")
  private int side = 224;

  @Option(
      names = "--runs",
      paramLabel = "N",
      converter = PositiveInteger.class,
      description = "Batches to time after " + WARM_UP + " untimed ones (default: 10).")
  private int runs = 10;

  @Option(
      names = "--streams",
      paramLabel = "N",
      converter = PositiveInteger.class,
      description =
          "Batches computed at a time, each on its share of the threads"
              + " (default: as many as threads on a CPU, at most 8).")
  private Integer streams;

  @Mixin private RuntimeOptions runtime;
  @Mixin private CommonOptions common;

  /** What is measured. */
  enum Mode {
    INFER
  }

  /** Reads a mode. */
  static final class ModeConverter implements ITypeConverter<Mode> {
    @Override
    public Mode convert(String value) {
      return switch (value) {
        case "infer" -> Mode.INFER;
        case "train", "input", "load", "start" ->
            throw new TypeConversionException(
                value + " is not there yet; this version knows infer");
        default -> throw new TypeConversionException("expected infer, found '" + value + "'");
      };
    }
  }

  /**
   * The command.
   *
   * @param session to speak and be interrupted by
   */
  public BenchCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() throws Exception {
    String device = runtime.describe();
    Console console = session.console();
    console.say(
        Text.of(
            "%s, %s, batch %d at %d x %d px on %s",
            mode.name().toLowerCase(java.util.Locale.ROOT),
            architecture.name(),
            batch,
            side,
            side,
            device));
    ImageSize size = ImageSize.square(side);
    try (InitialWeights weights = InitialWeights.of(architecture, 0, runtime.seed());
        BitModel model =
            BitModel.builder(weights)
                .device(runtime.device())
                .threads(runtime.threads())
                .streams(streams())
                .size(size)
                .build()) {
      float[] pixels = pixels(batch, size, runtime.seed());
      double[] seconds = measure(model, pixels, size);
      report(seconds, device);
      return 0;
    }
  }

  private int streams() {
    return streams == null ? runtime.session().forMany().streams() : streams;
  }

  private double[] measure(BitModel model, float[] pixels, ImageSize size)
      throws InterruptedException, Failure {
    double[] seconds = new double[runs];
    float[] first = model.features(Endpoint.PRE_LOGITS, pixels, size).values();
    check(model, pixels, size, first);
    try (Progress progress = new Progress(session.console(), "batches", runs)) {
      for (int run = 1 - WARM_UP; run < runs; run++) {
        session.interrupts().check();
        long start = System.nanoTime();
        float[] values = model.features(Endpoint.PRE_LOGITS, pixels, size).values();
        if (run >= 0) {
          seconds[run] = (System.nanoTime() - start) / NANOS;
          progress.report(run + 1L, Text.rate(batch / seconds[run]) + " images/s");
        }
        if (!Arrays.equals(first, values)) {
          throw wrong("the same answers every time", "answers that differ between two runs");
        }
      }
    }
    return seconds;
  }

  private static void check(BitModel model, float[] pixels, ImageSize size, float[] batched)
      throws Failure {
    float[] alone =
        model.features(Endpoint.PRE_LOGITS, Arrays.copyOf(pixels, size.floats()), size).values();
    double squares = 0;
    double worst = 0;
    for (int i = 0; i < alone.length; i++) {
      squares += (double) alone[i] * alone[i];
      double distance = Math.abs((double) alone[i] - batched[i]);
      worst = distance <= worst ? worst : distance; // NaN sticks
    }
    double relative = worst / Math.sqrt(squares / alone.length);
    if (!(relative <= TOLERANCE)) {
      throw wrong(
          "a picture's features in a batch within " + TOLERANCE + " of those alone",
          "a distance of " + relative);
    }
  }

  private static Failure wrong(String expected, String found) {
    return new Failure(
        new Problem(
            expected,
            found,
            "the network on this machine",
            "do not trust its answers; report this with the output of tfbit --version"));
  }

  private static float[] pixels(int rows, ImageSize size, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] pixels = new float[Math.multiplyExact(rows, size.floats())];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (float) random.nextDouble(-1, 1);
    }
    return pixels;
  }

  private void report(double[] seconds, String device) {
    double[] sorted = seconds.clone();
    Arrays.sort(sorted);
    int n = sorted.length;
    double median = (sorted[(n - 1) / 2] + sorted[n / 2]) / 2;
    double rate = batch / median;
    double spread = (sorted[n - 1] - sorted[0]) / median;
    if (!common.json()) {
      session
          .console()
          .result(
              Text.of(
                  "%s images/s (median of %d, spread %.1f %%)", Text.rate(rate), n, 100 * spread));
      return;
    }
    JsonObject json = new JsonObject();
    json.addProperty("mode", "infer");
    json.addProperty("architecture", architecture.name());
    json.addProperty("batch", batch);
    json.addProperty("size", side);
    json.addProperty("streams", streams());
    json.addProperty("precision", "fp32");
    json.addProperty("runs", n);
    json.addProperty("images_per_second", rate);
    json.addProperty("spread", spread);
    json.addProperty("device", device);
    json.add("versions", Versions.json());
    session.console().result(json);
  }
}
