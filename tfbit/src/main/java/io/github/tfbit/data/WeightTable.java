package io.github.tfbit.data;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import io.github.tfbit.checkpoints.Problem;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A weight for each class, from a file of comma-separated values with a header line. */
public final class WeightTable {
  private static final List<String> COLUMNS = List.of("class", "weight");
  private static final int LONGEST_FIELD = 1 << 16;

  private final Path file;
  private final Map<String, Integer> index = new HashMap<>();
  private final Double[] weights;
  private long line = 1;

  private WeightTable(Path file, List<String> classes) {
    this.file = file;
    for (int c = 0; c < classes.size(); c++) {
      index.put(classes.get(c), c);
    }
    weights = new Double[classes.size()];
  }

  /**
   * Reads the file.
   *
   * @param file with the header {@code class,weight} and a line for each class, in any order
   * @param classes that must be there, each once
   * @return weights of 0 or more, in the order of the classes
   * @throws DataException naming the line, if one names no class, one twice or no number, or if a
   *     class is missing
   * @throws IOException if the file cannot be read
   */
  public static List<Double> read(Path file, List<String> classes) throws IOException {
    WeightTable table = new WeightTable(file, classes);
    try (Reader text = TextFile.open(file);
        CsvReader<CsvRecord> csv =
            CsvReader.builder().maxBufferSize(LONGEST_FIELD).ofCsvRecord(text)) {
      table.read(csv);
    } catch (CharacterCodingException e) {
      throw TextFile.notUtf8(file, e);
    } catch (CsvParseException e) {
      throw table.unreadable(e);
    } catch (UncheckedIOException e) {
      throw e.getCause() instanceof CharacterCodingException coding
          ? TextFile.notUtf8(file, coding)
          : table.unreadable(e);
    }
    return table.complete(classes);
  }

  private void read(CsvReader<CsvRecord> csv) throws DataException {
    boolean header = true;
    for (CsvRecord record : csv) {
      line = record.getStartingLineNumber();
      if (header) {
        List<String> names =
            record.getFields().stream().map(n -> n.strip().toLowerCase(Locale.ROOT)).toList();
        if (!names.equals(COLUMNS)) {
          throw at("the header class,weight", String.join(",", record.getFields()));
        }
        header = false;
      } else {
        add(record.getFields());
      }
    }
    if (header) {
      throw at("the header class,weight", "an empty file");
    }
  }

  private void add(List<String> fields) throws DataException {
    if (fields.size() != COLUMNS.size()) {
      throw at("two fields, class and weight", fields.size() + "");
    }
    Integer c = index.get(fields.get(0));
    if (c == null) {
      throw at("a class of the data", "'" + fields.get(0) + "'");
    }
    if (weights[c] != null) {
      throw at("every class once", "'" + fields.get(0) + "' a second time");
    }
    weights[c] = number(fields.get(1));
  }

  private double number(String text) throws DataException {
    double n;
    try {
      n = Double.parseDouble(text.strip());
    } catch (NumberFormatException e) {
      n = Double.NaN;
    }
    if (!(n >= 0) || Double.isInfinite(n)) {
      throw at("a weight of 0 or more, such as 1.5", "'" + text + "'");
    }
    return n;
  }

  private List<Double> complete(List<String> classes) throws DataException {
    List<String> missing = new ArrayList<>();
    for (int c = 0; c < weights.length; c++) {
      if (weights[c] == null) {
        missing.add(classes.get(c));
      }
    }
    if (!missing.isEmpty()) {
      throw new DataException(
          new Problem(
              "a weight for each of " + classes.size() + " classes",
              "none for " + missing.size() + ", such as '" + missing.get(0) + "'",
              file.toString(),
              "add a line for each; 1 is the usual weight"));
    }
    return Arrays.asList(weights);
  }

  private DataException at(String expected, String found) {
    return new DataException(
        new Problem(expected, found, file + ", line " + line, "correct the line"));
  }

  private DataException unreadable(RuntimeException cause) {
    return new DataException(
        new Problem(
            "comma-separated values, quoted as in RFC 4180",
            String.valueOf(cause.getMessage()),
            file + ", after line " + line,
            "correct the quotes"),
        cause);
  }
}
