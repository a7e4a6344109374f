package io.github.tfbit.cli.options;

import io.github.tfbit.checkpoints.Problem;
import io.github.tfbit.cli.console.Console;
import io.github.tfbit.cli.console.Failure;
import io.github.tfbit.data.DataSource;
import io.github.tfbit.data.ImageDataset;
import io.github.tfbit.data.ImageDatasets;
import java.io.IOException;
import java.util.OptionalInt;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** The labelled pictures that a command works with. */
public final class DataOption {
  @Option(
      names = "--data",
      required = true,
      paramLabel = "D",
      description =
          "Labelled pictures: a directory with train/ and one of test/, val/, validation/,"
              + " valid/, a folder per class in each; a directory with a folder per class; a .csv"
              + " or .jsonl manifest (path,label[,split]); TFRecord files, 'dir/train-*'.")
  private String data;

  @Option(
      names = "--label-offset",
      paramLabel = "N",
      converter = NumberOfFirstLabel.class,
      description = "Number of the first class in TFRecord files (default: told from them).")
  private Integer labelOffset;

  @Option(
      names = "--holdout",
      paramLabel = "SHARE",
      converter = Share.class,
      description =
          "Share of each class that is held out for testing if there is no split on disk"
              + " (default: 0.1).")
  private double holdout = 0.1;

  /** Reads the number of the first class. */
  static final class NumberOfFirstLabel implements ITypeConverter<Integer> {
    @Override
    public Integer convert(String value) {
      if (value.equals("0") || value.equals("1")) {
        return Integer.valueOf(value);
      }
      throw new TypeConversionException("expected 0 or 1, found '" + value + "'");
    }
  }

  /** Reads a share. */
  static final class Share implements ITypeConverter<Double> {
    @Override
    public Double convert(String value) {
      double share;
      try {
        share = Double.parseDouble(value);
      } catch (NumberFormatException e) {
        share = Double.NaN;
      }
      if (!(share >= 0 && share < 1)) {
        throw new TypeConversionException(
            "expected a share from 0 to below 1, found '" + value + "'");
      }
      return share;
    }
  }

  /**
   * Where the data is.
   *
   * @return as typed
   */
  public String name() {
    return data;
  }

  /**
   * Opens the data and says what deserves to be said about it.
   *
   * @param console to say it on
   * @return what is there
   * @throws IOException if there is no such data
   */
  public DataSource source(Console console) throws IOException {
    OptionalInt offset = labelOffset == null ? OptionalInt.empty() : OptionalInt.of(labelOffset);
    DataSource source = ImageDatasets.source(data, offset);
    source.notes().forEach(n -> console.say("note: " + n));
    return source;
  }

  /**
   * What to learn from and what to judge by.
   *
   * @param console to say on what deserves it
   * @param seed decides what is held out
   * @return both parts
   * @throws IOException if there is no such data
   */
  public ImageDatasets.Split open(Console console, long seed) throws IOException {
    return source(console).split(holdout, seed);
  }

  /**
   * One part of the data.
   *
   * @param console to say on what deserves it
   * @param split {@code test} for what is held out, {@code train}, the name of another split on
   *     disk, or {@code all}
   * @param seed decides what is held out
   * @return its pictures
   * @throws IOException if there is no such data
   * @throws Failure if there is no such split
   */
  public ImageDataset part(Console console, String split, long seed) throws IOException, Failure {
    DataSource source = source(console);
    if (source.splits().containsKey(split)) {
      return source.splits().get(split);
    }
    ImageDatasets.Split cut = source.split(holdout, seed);
    if (split.equals("train")) {
      return cut.train();
    }
    if (split.equals("test")) {
      return cut.heldOut();
    }
    throw new Failure(
        new Problem(
            source.isSplit()
                ? "one of the splits " + String.join(", ", source.splits().keySet())
                : "split test, train or all",
            split,
            data,
            "give another --split"));
  }
}
