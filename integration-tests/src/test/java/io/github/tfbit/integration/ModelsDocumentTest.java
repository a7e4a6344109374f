package io.github.tfbit.integration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.tfbit.converters.catalogue.Catalogue;
import io.github.tfbit.converters.catalogue.Entry;
import io.github.tfbit.converters.catalogue.Family;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** docs/models.md says what the catalogue says. */
class ModelsDocumentTest {
  private static final Catalogue CATALOGUE = Catalogue.published();

  private static String text;

  @BeforeAll
  static void read() throws IOException {
    text = Files.readString(Path.of("..", "docs", "models.md"));
  }

  @Test
  void listsEveryFamilyWithItsCountAndForm() {
    for (Family family : CATALOGUE.families()) {
      List<Entry> entries = CATALOGUE.entries(family);
      String row =
          text.lines()
              .filter(l -> l.startsWith("| `" + family.id() + "` |"))
              .findFirst()
              .orElseThrow(() -> new AssertionError("no row of " + family.id()));
      assertTrue(row.contains("| " + entries.size() + " |"), row);
      assertTrue(row.contains("| " + entries.get(0).layout().title() + " |"), row);
    }
  }

  @Test
  void listsEveryDefect() {
    CATALOGUE.entries().stream()
        .filter(e -> !e.defects().isEmpty())
        .forEach(e -> assertTrue(text.contains("| `" + e.name() + "` |"), e.name()));
  }

  @Test
  void namesExist() {
    Matcher first = Pattern.compile("(?m)^\\| `[a-z0-9-]+` \\| \\d+ \\| `([^`]+)`").matcher(text);
    assertEquals(
        CATALOGUE.families().size() - 1, // one row says "the same with .tfhub"
        first
            .results()
            .peek(m -> assertTrue(CATALOGUE.find(m.group(1)).isPresent(), m.group(1)))
            .count());
  }
}
