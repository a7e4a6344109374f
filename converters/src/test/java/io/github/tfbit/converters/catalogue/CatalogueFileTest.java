package io.github.tfbit.converters.catalogue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.StringReader;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a data file may say, and what is refused. */
class CatalogueFileTest {
  private static final String FILE =
      """
      {
        "dated": "2026-01-02",
        "define": {"range": {"low": -1, "high": 1, "source": "all of {name}"}},
        "families": [{
          "id": "f",
          "title": "Family",
          "over": {"arch": {"R50x1": {}, "R50x3": {"classes": 7}}, "run": ["0", "1"]},
          "entry": {
            "name": "N-{arch}-{run}",
            "aliases": ["old-{name}"],
            "format": "NPZ",
            "architecture": "{arch}",
            "classes": 5,
            "activation": "SOFTMAX",
            "input": "@range",
            "files": [{"uri": "https://example.org/{name}.npz", "path": "{name}.npz", "bytes": 9}],
            "licence": "none",
            "source": "nobody"
          },
          "exceptions": {"N-R50x3-1": {"classes": 8}}
        }],
        "label_files": []
      }
      """;

  private static Catalogue parse(String json) {
    return Catalogue.parse(new StringReader(json));
  }

  private static String refused(String found, String replacement) {
    assertTrue(FILE.contains(found), found);
    String broken = FILE.replace(found, replacement);
    return assertThrows(RuntimeException.class, () -> parse(broken)).getMessage();
  }

  @Test
  void spellsFamiliesOut() {
    List<String> names = parse(FILE).entries().stream().map(Entry::name).toList();
    assertEquals(List.of("N-R50x1-0", "N-R50x1-1", "N-R50x3-0", "N-R50x3-1"), names);
  }

  @Test
  void laterValuesAndExceptionsWin() {
    List<Integer> classes =
        parse(FILE).entries().stream().map(e -> e.head().orElseThrow().classes()).toList();
    assertEquals(List.of(5, 5, 7, 8), classes);
  }

  @Test
  void fillsDefinitionsIn() {
    Entry entry = parse(FILE).find("old-n-r50x1-1").orElseThrow();
    assertEquals("all of N-R50x1-1", entry.inputRange().orElseThrow().source());
  }

  @Test
  void refusesTwoEntriesOfOneName() {
    String message = refused("old-{name}", "Old");
    assertTrue(message.contains("Old for N-R50x1-1 and for N-R50x1-0"), message);
  }

  @Test
  void refusesTwoFilesAtOnePlace() {
    String message = refused("\"path\": \"{name}.npz\"", "\"path\": \"{arch}.npz\"");
    assertTrue(message.contains("R50x1.npz for N-R50x1-1 and for N-R50x1-0"), message);
  }

  @ParameterizedTest
  @CsvSource({
    "https://example.org, http://example.org, https address",
    "\"path\": \"{name}.npz\", \"path\": \"../{name}.npz\", relative path",
    "\"path\": \"{name}.npz\", \"path\": \"/{name}.npz\", relative path",
    "\"R50x1\": {}, \"R51x1\": {}, R51x1",
    "\"NPZ\", \"ZIP\", ZIP",
    "\"classes\": 5, \"classes\": 0, at least one class",
    "\"classes\": 5, \"clases\": 5, clases",
    "\"bytes\": 9, \"bytes\": -9, 0 bytes",
    "\"bytes\": 9, \"bytes\": \"zip\", npz",
    "@range, @rang, @rang",
    "old-{name}, old-{nam}, {nam}",
    "N-R50x3-1, N-R50x3-2, N-R50x3-2",
    "\"low\": -1, \"low\": 1, low < high"
  })
  void refusesWhatIsWrong(String found, String replacement, String said) {
    String message = refused(found, replacement);
    assertTrue(message.contains(said), message);
  }

  @Test
  void refusesLabelsOfOtherHeads() {
    String message = refused("\"SOFTMAX\",", "\"SOFTMAX\", \"labels\": \"CIFAR_10\",");
    assertTrue(message.contains("a head of 10 classes"), message);
  }

  @Test
  void refusesUnknownFingerprints() {
    String message = refused("\"SOFTMAX\",", "\"SOFTMAX\", \"fingerprints\": \"other\",");
    assertTrue(message.contains("no fingerprints are called other"), message);
  }
}
