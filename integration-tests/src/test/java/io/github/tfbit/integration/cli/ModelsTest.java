package io.github.tfbit.integration.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.github.tfbit.converters.catalogue.Catalogue;
import io.github.tfbit.converters.catalogue.Family;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How the catalogue is shown. */
class ModelsTest {
  private static final int COLUMNS = 80;
  private static final Catalogue CATALOGUE = Catalogue.published();

  static List<String> families() {
    return CATALOGUE.families().stream().map(Family::id).toList();
  }

  /** Addresses stay whole, so that they can be copied. */
  private static void assertFits(String out) {
    out.lines()
        .filter(l -> !l.contains("https://"))
        .forEach(line -> assertTrue(line.length() <= COLUMNS, line));
  }

  @Test
  void summarisesEveryFamily() {
    String out = Cli.run("models").done().out();
    assertFits(out);
    for (Family family : CATALOGUE.families()) {
      assertTrue(out.contains(family.id() + ": " + family.title()), family.id());
    }
    assertTrue(out.lines().count() <= 5L * families().size(), out);
  }

  @ParameterizedTest
  @MethodSource("families")
  void listsFamily(String id) {
    String out = Cli.run("models", id).done().out();
    assertFits(out);
    CATALOGUE.entries().stream()
        .filter(e -> e.family().id().equals(id))
        .forEach(e -> assertTrue(out.contains(e.name()), e.name()));
  }

  @Test
  void narrowsByEveryFilter() {
    String out = Cli.run("models", "vtab", "r152x4", "run2").done().out();
    assertTrue(out.contains("BiT-M-R152x4-run2-dmlab"), out);
    assertFalse(out.contains("run1"), out);
    assertFalse(out.contains(".tfhub"), out);
    assertTrue(out.contains("19 models"), out);
  }

  @ParameterizedTest
  @ValueSource(strings = {"BiT-S-R50x3.h5", "bit-s-r50x3.H5"})
  void saysAllOfOneModel(String name) {
    String out = Cli.run("models", name).done().out();
    assertTrue(out.startsWith("BiT-S-R50x3.h5\n  defect"), out);
    assertTrue(out.contains("width factor 1"), out);
    assertTrue(out.contains("https://storage.googleapis.com/bit_models/BiT-S-R50x3.h5"), out);
  }

  @Test
  void marksDefectsInLists() {
    String out = Cli.run("models", "bit-s-h5").done().out();
    assertTrue(out.contains("  BiT-S-R50x3.h5!"), out);
    assertTrue(out.contains("  BiT-S-R50x1.h5 "), out);
    assertTrue(out.replace('\n', ' ').contains("! marks known defects"), out);
  }

  @Test
  void takesOldNames() {
    String out = Cli.run("models", "resnetv2_50x1_bitm_in21k").done().out();
    assertTrue(out.startsWith("timm/resnetv2_50x1_bit.goog_in21k\n"), out);
  }

  @Test
  void helpsWithWhatItDoesNotKnow() {
    Cli.run("models", "BiT-M-R51x1").failed("did you mean BiT-M-R50x1", "models BiT-M-R51x1");
  }

  @Test
  void printsAllAsJson() {
    JsonObject json = Cli.run("models", "--json").done().json();
    assertEquals(CATALOGUE.dated().toString(), json.get("dated").getAsString());
    JsonArray models = json.getAsJsonArray("models");
    assertEquals(CATALOGUE.entries().size(), models.size());
    JsonObject first = models.get(0).getAsJsonObject();
    assertEquals("BiT-M-R50x1", first.get("name").getAsString());
    assertEquals(273_074_956, first.get("bytes").getAsLong());
    assertEquals("predicted", first.get("bytes_are").getAsString());
    assertEquals("sigmoid", first.get("activation").getAsString());
    assertEquals("[-1.0,1.0]", first.get("input_range").toString());
  }

  @Test
  void printsSomeAsJson() {
    JsonObject json = Cli.run("models", "hf", "--json").done().json();
    assertEquals(1, json.getAsJsonArray("models").size());
  }
}
