package io.github.tfbit.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WeightTableTest {
  private static final List<String> CLASSES = List.of("cat", "dog, small", "ship");

  @TempDir private Path dir;

  private List<Double> read(String text) throws IOException {
    return WeightTable.read(Files.writeString(dir.resolve("weights.csv"), text), CLASSES);
  }

  @Test
  void readsInAnyOrderIntoTheOrderOfTheClasses() throws IOException {
    String text = "\uFEFFclass,weight\r\nship,0\r\n\"dog, small\",2.5\r\ncat, 1e-1\r\n";
    assertEquals(List.of(0.1, 2.5, 0.0), read(text));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          name,weight~cat,1                | the header class,weight | line 1
          class,weight~cat,1~cow,2         | a class of the data     | line 3
          class,weight~cat,1~cat,2         | every class once        | line 3
          class,weight~cat,heavy           | a weight of 0 or more   | line 2
          class,weight~cat,-1              | a weight of 0 or more   | line 2
          class,weight~cat,NaN             | a weight of 0 or more   | line 2
          """)
  void namesTheLine(String text, String expected, String line) {
    DataException e = assertThrows(DataException.class, () -> read(text.replace("~", "\n")));
    assertTrue(e.problem().expected().startsWith(expected), e.problem().expected());
    assertTrue(e.problem().where().endsWith(line), e.problem().where());
  }

  @Test
  void namesWhatIsMissing() {
    DataException e =
        assertThrows(DataException.class, () -> read("class,weight\nship,1\ncat,1\n"));
    assertEquals("none for 1, such as 'dog, small'", e.problem().found());
    assertThrows(DataException.class, () -> read(""));
    assertThrows(DataException.class, () -> read("class,weight\ncat\n"));
    assertThrows(DataException.class, () -> read("class,weight\n\"cat,1\n"));
  }
}
