package io.github.tfbit.cli.options;

import io.github.tfbit.checkpoints.Problem;
import io.github.tfbit.cli.console.Failure;
import io.github.tfbit.data.ImageDataset;
import io.github.tfbit.data.ImageDatasets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
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
          "A directory with train/ and one of test/, val/, validation/, valid/, a folder"
              + " per class in each; or a directory with a folder per class.")
  private Path data;

  @Option(
      names = "--holdout",
      paramLabel = "SHARE",
      converter = Share.class,
      description =
          "Share of each class that is held out for testing if there is no split on disk"
              + " (default: 0.1).")
  private double holdout = 0.1;

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
  public Path path() {
    return data;
  }

  /**
   * What to learn from and what to judge by.
   *
   * @param seed decides what is held out
   * @return both parts
   * @throws IOException if the directory holds no such data
   * @throws Failure if it is a kind of data that this version does not read
   */
  public ImageDatasets.Split open(long seed) throws IOException, Failure {
    requireDirectory();
    return ImageDatasets.open(data, holdout, seed);
  }

  /**
   * One part of the data.
   *
   * @param split {@code test} for what is held out, {@code train}, the name of another split on
   *     disk, or {@code all}
   * @param seed decides what is held out
   * @return its pictures
   * @throws IOException if the directory holds no such data
   * @throws Failure if there is no such split
   */
  public ImageDataset part(String split, long seed) throws IOException, Failure {
    requireDirectory();
    Map<String, ImageDataset> splits = ImageDatasets.splits(data);
    if (splits.containsKey(split)) {
      return splits.get(split);
    }
    if (splits.isEmpty() && split.equals("all")) {
      return ImageDatasets.folder(data);
    }
    ImageDatasets.Split cut = ImageDatasets.open(data, holdout, seed);
    if (split.equals("train")) {
      return cut.train();
    }
    if (split.equals("test")) {
      return cut.heldOut();
    }
    throw new Failure(
        new Problem(
            splits.isEmpty()
                ? "split test, train or all"
                : "one of the splits " + String.join(", ", splits.keySet()),
            split,
            data.toString(),
            "give another --split"));
  }

  private void requireDirectory() throws Failure {
    if (Files.isRegularFile(data)) {
      throw new Failure(
          new Problem(
              "a directory with a folder of pictures per class",
              "a file; manifests and other kinds of data come in a later version",
              data.toString(),
              "give a directory"));
    }
  }
}
