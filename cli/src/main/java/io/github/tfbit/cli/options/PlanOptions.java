package io.github.tfbit.cli.options;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** What a run will cost, and what it may cost. */
public final class PlanOptions {
  @Option(
      names = "--dry-run",
      description =
          "Say what the run would do and why, what it needs in memory and time on this machine, and"
              + " what it would need otherwise. Nothing is written.")
  private boolean dryRun;

  @Option(
      names = "--within",
      paramLabel = "TIME",
      converter = TimeConverter.class,
      description =
          "Fit into a time, such as 8h, 90m or 1d12h: the first way that --dry-run lists and that"
              + " fits is taken, said, and recorded in the run.")
  private Duration within;

  /** Reads a time. */
  static final class TimeConverter implements ITypeConverter<Duration> {
    private static final Pattern FORM =
        Pattern.compile("(?:(\\d{1,4})d)?(?:(\\d{1,5})h)?(?:(\\d{1,6})m)?(?:(\\d{1,7})s)?");

    @Override
    public Duration convert(String value) {
      Matcher m = FORM.matcher(value);
      if (m.matches()) {
        Duration time =
            Duration.ofDays(number(m, 1))
                .plusHours(number(m, 2))
                .plusMinutes(number(m, 3))
                .plusSeconds(number(m, 4));
        if (!time.isZero()) {
          return time;
        }
      }
      throw new TypeConversionException(
          "expected a time such as 8h, 90m or 1d12h, found '" + value + "'");
    }

    private static long number(Matcher m, int group) {
      return m.group(group) == null ? 0 : Long.parseLong(m.group(group));
    }
  }

  /**
   * Whether nothing is to be done.
   *
   * @return as asked for
   */
  public boolean dryRun() {
    return dryRun;
  }

  /**
   * The time to fit into.
   *
   * @return empty for as long as it takes
   */
  public Optional<Duration> within() {
    return Optional.ofNullable(within);
  }
}
