package io.github.tfbit.data;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import io.github.tfbit.checkpoints.Problem;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Comma-separated values as RFC 4180 has them: a header line, quotes where they are needed. The
 * separator may be a semicolon or a tab, as spreadsheets write it; several labels of a picture are
 * separated by {@code |}. Everything is text: a class named 007 stays that.
 */
final class CsvManifest {
  private static final char[] SEPARATORS = {',', ';', '\t'};
  private static final int LONGEST_FIELD = 1 << 20;
  private static final String LABELS = "\\|";

  private CsvManifest() {}

  static void read(Path file, ManifestTable table) throws IOException {
    char separator = separator(file, table);
    try (Reader text = TextFile.open(file);
        CsvReader<CsvRecord> csv =
            CsvReader.builder()
                .fieldSeparator(separator)
                .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                .allowUnclosedQuote(false)
                .maxBufferSize(LONGEST_FIELD)
                .ofCsvRecord(text)) {
      Iterator<CsvRecord> records = csv.iterator();
      Header header = Header.of(records.next().getFields()).orElseThrow();
      while (records.hasNext()) {
        add(records.next(), header, table);
      }
    } catch (CsvParseException e) {
      throw unreadable(file, e);
    } catch (UncheckedIOException e) {
      throw unreadable(file, e.getCause());
    } catch (CharacterCodingException e) {
      throw unreadable(file, e);
    }
  }

  private static void add(CsvRecord record, Header header, ManifestTable table)
      throws DataException {
    long line = record.getStartingLineNumber();
    if (record.getFieldCount() != header.columns()) {
      throw table.at(
          line,
          header.columns() + " fields, as in the header",
          record.getFieldCount() + "; a field with a separator in it needs quotes");
    }
    Optional<String> split =
        header.split() < 0 ? Optional.empty() : Optional.of(record.getField(header.split()));
    table.add(
        line,
        record.getField(header.path()),
        List.of(record.getField(header.label()).split(LABELS, -1)),
        split);
  }

  /** Which column is what; -1 for none. */
  private record Header(int columns, int path, int label, int split) {
    static Optional<Header> of(List<String> names) {
      List<String> lower = names.stream().map(n -> n.strip().toLowerCase(Locale.ROOT)).toList();
      int path = first(lower, Manifests.PATH);
      int label = first(lower, Manifests.LABEL);
      return path < 0 || label < 0
          ? Optional.empty()
          : Optional.of(new Header(names.size(), path, label, first(lower, Manifests.SPLIT)));
    }

    private static int first(List<String> names, List<String> wanted) {
      return wanted.stream().mapToInt(names::indexOf).filter(i -> i >= 0).findFirst().orElse(-1);
    }
  }

  /** The separator with which the first line names the columns. */
  private static char separator(Path file, ManifestTable table) throws IOException {
    String first;
    try (BufferedReader in = TextFile.open(file)) {
      char[] start = new char[1 << 12];
      int n = in.read(start);
      first = n < 0 ? "" : new String(start, 0, n).lines().findFirst().orElse("");
    } catch (CharacterCodingException e) {
      throw unreadable(file, e);
    }
    for (char separator : SEPARATORS) {
      List<String> names =
          List.of(first.replace("\"", "").split(Pattern.quote("" + separator), -1));
      if (Header.of(names).isPresent()) {
        return separator;
      }
    }
    throw table.at(
        1,
        "a header that names the columns: path,label or path,label,split",
        first.isBlank() ? "an empty line" : first.length() > 80 ? "another text" : first);
  }

  private static DataException unreadable(Path file, Exception cause) {
    return cause instanceof CharacterCodingException coding
        ? TextFile.notUtf8(file, coding)
        : new DataException(
            new Problem(
                "comma-separated values, quoted as in RFC 4180",
                deepest(cause),
                file.toString(),
                "correct the quotes"),
            cause);
  }

  private static String deepest(Throwable e) {
    String outer = String.valueOf(e.getMessage());
    return e.getCause() == null ? outer : outer + " (" + e.getCause().getMessage() + ")";
  }
}
