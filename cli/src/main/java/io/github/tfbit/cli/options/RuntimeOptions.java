package io.github.tfbit.cli.options;

import io.github.tfbit.graph.Device;
import io.github.tfbit.graph.SessionOptions;
import io.github.tfbit.graph.TensorFlowRuntime;
import java.util.Set;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** On what a command computes; every command that computes has these. */
public final class RuntimeOptions {
  @Option(
      names = "--device",
      paramLabel = "D",
      converter = DeviceConverter.class,
      description = "auto, cpu, gpu or gpu:N (default: auto).")
  private Device device = Device.AUTO;

  @Option(
      names = "--threads",
      paramLabel = "N",
      converter = PositiveInteger.class,
      description = "Threads to compute with (default: all cores).")
  private int threads;

  /** Commands that know another precision than fp32; the others will. */
  private static final Set<String> KNOW_BF16 = Set.of("export");

  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  private Precision precision = Precision.FP32;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Decides everything random (default: 0).")
  private long seed;

  /** Number formats to compute in. */
  public enum Precision {
    /** IEEE 754 single precision. */
    FP32,
    /** Its upper half. */
    BF16
  }

  /** Reads a device as the command line spells it. */
  static final class DeviceConverter implements ITypeConverter<Device> {
    @Override
    public Device convert(String value) {
      try {
        return Device.parse(value);
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(e.getMessage());
      }
    }
  }

  /** Reads a precision. */
  static final class PrecisionConverter implements ITypeConverter<Precision> {
    @Override
    public Precision convert(String value) {
      return switch (value) {
        case "fp32" -> Precision.FP32;
        case "bf16" -> Precision.BF16;
        default ->
            throw new TypeConversionException("expected fp32 or bf16, found '" + value + "'");
      };
    }
  }

  @Option(
      names = "--precision",
      paramLabel = "P",
      converter = PrecisionConverter.class,
      description = "fp32, or for an export bf16 (default: fp32).")
  void precision(Precision wanted) {
    if (wanted == Precision.BF16 && !KNOW_BF16.contains(command.name())) {
      throw new ParameterException(
          command.commandLine(),
          "bf16 is not there yet for " + command.name() + "; this version knows fp32");
    }
    precision = wanted;
  }

  /**
   * Where to compute.
   *
   * @return as asked for
   */
  public Device device() {
    return device;
  }

  /**
   * Threads to compute with.
   *
   * @return 0 for all cores
   */
  public int threads() {
    return threads;
  }

  /**
   * The number format to compute in.
   *
   * @return as asked for
   */
  public Precision precision() {
    return precision;
  }

  /**
   * What decides everything random.
   *
   * @return as asked for
   */
  public long seed() {
    return seed;
  }

  /**
   * How sessions are to compute.
   *
   * @return device and threads
   */
  public SessionOptions session() {
    return new SessionOptions(device, threads);
  }

  /**
   * How sessions are to compute so many pictures: a single one on all threads.
   *
   * @param pictures how many there are
   * @return device, threads and streams
   */
  public SessionOptions session(int pictures) {
    return pictures > 1 ? session().forMany() : session();
  }

  /**
   * The device that is computed on, for the first line of a run. Loads TensorFlow.
   *
   * @return such as {@code CPU, 2 threads}
   */
  public String describe() {
    return TensorFlowRuntime.describe(session());
  }
}
