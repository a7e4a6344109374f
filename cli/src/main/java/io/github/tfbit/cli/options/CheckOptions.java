package io.github.tfbit.cli.options;

import io.github.tfbit.checkpoints.fetch.ModelCache;
import io.github.tfbit.image.Decoding;
import io.github.tfbit.survey.PictureCheck;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** How far pictures are looked at before they are used. */
public final class CheckOptions {
  /** How far. */
  public enum Extent {
    /** Every picture of a small data set. */
    BY_SIZE,
    /** Every picture. */
    FULL
  }

  /** Data sets whose checks are remembered, besides the one at hand. */
  static final int OTHERS = 31;

  @Option(
      names = "--check",
      paramLabel = "EXTENT",
      converter = ExtentConverter.class,
      description =
          "full: decode and hash every picture once before anything else; what was good is"
              + " remembered (default: data sets of up to 2,000 pictures only).")
  private Extent extent = Extent.BY_SIZE;

  /** Reads an extent. */
  static final class ExtentConverter implements ITypeConverter<Extent> {
    @Override
    public Extent convert(String value) {
      if (value.equals("full")) {
        return Extent.FULL;
      }
      throw new TypeConversionException("expected full, found '" + value + "'");
    }
  }

  /**
   * Whether every picture is decoded first.
   *
   * @param pictures how many there are
   * @return true if asked for, or if they are few
   */
  public boolean full(int pictures) {
    return extent == Extent.FULL || pictures <= PictureCheck.UNASKED;
  }

  /**
   * How pictures are checked.
   *
   * @param data where they are
   * @param decoding what a file's pixels are taken to be
   * @param threads 0 for all cores
   * @return with a file for this data in the cache
   * @throws IOException if there is nothing at that path
   */
  public PictureCheck.Settings settings(String data, Decoding decoding, int threads)
      throws IOException {
    String place = place(data);
    UUID name = UUID.nameUUIDFromBytes(place.getBytes(StandardCharsets.UTF_8));
    Path folder = ModelCache.of(System.getenv()).folder().resolve("checked");
    Path file = folder.resolve(name + ".txt");
    forget(folder, file);
    return new PictureCheck.Settings(decoding, Optional.of(file), threads(threads));
  }

  /** The same data has one name wherever it is called from; a pattern has no real path. */
  private static String place(String data) throws IOException {
    Path path = Path.of(data);
    return Files.exists(path) ? path.toRealPath().toString() : path.toAbsolutePath().toString();
  }

  /** Of other data, keeps what was checked last. */
  static void forget(Path folder, Path kept) throws IOException {
    if (!Files.isDirectory(folder)) {
      return;
    }
    Map<Path, FileTime> others = new HashMap<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*.txt")) {
      for (Path f : files) {
        if (!f.equals(kept)) {
          others.put(f, Files.getLastModifiedTime(f));
        }
      }
    } catch (NoSuchFileException e) {
      return; // another command forgets at the same time
    }
    List<Path> newest =
        others.entrySet().stream()
            .sorted(Map.Entry.<Path, FileTime>comparingByValue().reversed())
            .map(Map.Entry::getKey)
            .toList();
    for (Path f : newest.subList(Math.min(OTHERS, newest.size()), newest.size())) {
      Files.deleteIfExists(f);
    }
  }

  /**
   * Threads to read with.
   *
   * @param asked 0 for all cores
   * @return at least 1
   */
  public static int threads(int asked) {
    return asked == 0 ? Runtime.getRuntime().availableProcessors() : asked;
  }
}
