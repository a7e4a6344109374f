package io.github.tfbit.graph;

import java.util.Locale;

/**
 * Where to compute.
 *
 * @param kind what was asked for
 * @param index which of several GPUs, from 0; 0 for the other kinds
 */
public record Device(Kind kind, int index) {
  /** A GPU if one is usable, otherwise the CPU. */
  public static final Device AUTO = new Device(Kind.AUTO, 0);

  /** The CPU, even if there is a GPU. */
  public static final Device CPU = new Device(Kind.CPU, 0);

  /** What can be asked for. */
  public enum Kind {
    /** A GPU if one is usable. */
    AUTO,
    /** The CPU. */
    CPU,
    /** A GPU, or an error that says what is missing. */
    GPU
  }

  /** Checks the index. */
  public Device {
    if (index < 0 || (kind != Kind.GPU && index != 0)) {
      throw new IllegalArgumentException("expected a GPU's index, found " + index);
    }
  }

  /**
   * Reads the command line's spelling.
   *
   * @param text {@code auto}, {@code cpu}, {@code gpu} or {@code gpu:N}
   * @return that device
   * @throws IllegalArgumentException for anything else
   */
  public static Device parse(String text) {
    String lower = text.toLowerCase(Locale.ROOT);
    return switch (lower) {
      case "auto" -> AUTO;
      case "cpu" -> CPU;
      case "gpu" -> new Device(Kind.GPU, 0);
      default -> {
        if (!lower.matches("gpu:\\d{1,4}")) {
          throw new IllegalArgumentException(
              "expected auto, cpu, gpu or gpu:N, found '" + text + "'");
        }
        yield new Device(Kind.GPU, Integer.parseInt(lower.substring(4)));
      }
    };
  }

  @Override
  public String toString() {
    return kind == Kind.GPU ? "gpu:" + index : kind.name().toLowerCase(Locale.ROOT);
  }
}
