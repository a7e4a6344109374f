package io.github.tfbit.converters;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LabelConfigTest {
  @TempDir Path dir;

  private Optional<List<String>> read(String json) throws IOException {
    return facts(json).labels();
  }

  private HeadFacts facts(String json) throws IOException {
    return LabelConfig.read(Files.writeString(dir.resolve("config.json"), json));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"id2label\": {\"0\": \"ant\", \"1\": \"bee\"}}",
        "{\"id2label\": {\"1\": \"bee\", \"0\": \"ant\"}, \"x\": [[{}]]}",
        "{\"label_names\": [\"ant\", \"bee\"]}",
        "{\"architecture\": \"x\", \"pretrained_cfg\": {\"label_names\": [\"ant\", \"bee\"]}}",
        "{\"label_descriptions\": {\"n1\": \"ant\", \"n2\": \"bee\"},"
            + " \"label_names\": {\"0\": \"n1\", \"1\": \"n2\"}}"
      })
  void readsNames(String json) throws IOException {
    assertEquals(Optional.of(List.of("ant", "bee")), read(json));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "[]",
        "",
        "{\"id2label\": {\"0\": \"LABEL_0\", \"1\": \"LABEL_1\"}}",
        "{\"id2label\": {\"0\": \"ant\", \"2\": \"bee\"}}",
        "{\"id2label\": {\"zero\": \"ant\"}}",
        "{\"label_names\": [\"ant\", \"\"]}",
        "{\"label_names\": [\"ant\", [1]]}",
        "{\"label_names\": [\"ant\"",
        "{\"label_names\": 7}"
      })
  void hasNoNamesWhereThereAreNone(String json) throws IOException {
    assertEquals(Optional.empty(), read(json));
  }

  @Test
  void aFileThatIsNotThereHasNone() throws IOException {
    assertEquals(HeadFacts.NONE, LabelConfig.read(dir.resolve("config.json")));
  }

  @Test
  void deepNestingIsPassedOver() throws IOException {
    String deep = "[".repeat(100_000) + "]".repeat(100_000);
    assertEquals(Optional.empty(), read("{\"x\": " + deep + "}"));
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '|',
      value = {
        "{\"problem_type\": \"multi_label_classification\"} | SIGMOID",
        "{\"problem_type\": \"single_label_classification\"} | SOFTMAX",
        "{\"tfbit\": {\"activation\": \"sigmoid\"}} | SIGMOID",
        "{\"problem_type\": \"regression\"} |",
        "{\"problem_type\": 3} |",
        "{\"tfbit\": {\"activation\": [\"sigmoid\"]}} |",
        "{\"tfbit\": \"sigmoid\"} |"
      })
  void readsTheActivation(String json, Activation expected) throws IOException {
    assertEquals(Optional.ofNullable(expected), facts(json).activation());
  }

  @Test
  void readsHowSureTheNamesAre() throws IOException {
    HeadFacts facts =
        facts(
            "{\"tfbit\": {\"labels\": \"assumed\","
                + " \"wordnet_ids\": [\"n00000001\", \"n00000002\"]},"
                + " \"label_names\": [\"ant\", \"bee\"]}");
    assertTrue(facts.assumed());
    assertEquals(List.of("n00000001", "n00000002"), facts.wordNetIds());
  }

  @Test
  void passesOverIdsThatAreNone() throws IOException {
    assertEquals(
        List.of(), facts("{\"tfbit\": {\"wordnet_ids\": [\"n00000001\", 5]}}").wordNetIds());
  }
}
