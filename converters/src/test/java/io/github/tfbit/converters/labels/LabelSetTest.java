package io.github.tfbit.converters.labels;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LabelSetTest {
  @ParameterizedTest
  @EnumSource
  void hasOneDistinctNameForEachClass(LabelSet set) {
    assertEquals(set.size(), set.names().size());
    assertEquals(set.size(), new HashSet<>(set.names()).size());
  }

  @ParameterizedTest
  @EnumSource
  void namesFitIntoFilesOfLines(LabelSet set) {
    for (String name : set.names()) {
      assertEquals(name.strip(), name);
      assertTrue(!name.isEmpty() && name.chars().noneMatch(c -> c < ' '), name);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"ILSVRC2012", "IMAGENET_21K"})
  void ordersWordNetIds(LabelSet set) {
    List<String> ids = set.wordNetIds();
    assertEquals(set.size(), ids.size());
    assertEquals(List.copyOf(new TreeSet<>(ids)), ids);
    assertTrue(ids.stream().allMatch(i -> i.matches("n\\d{8}")));
  }

  @Test
  void startsWithTheTench() {
    assertEquals("n01440764", LabelSet.ILSVRC2012.wordNetIds().get(0));
    assertEquals("tench, Tinca tinca", LabelSet.ILSVRC2012.names().get(0));
  }

  /** {@code ilsvrc2012_wordnet_lemmas.txt} of the bucket has 21,675 bytes in 1,000 lines. */
  @Test
  void isAsLongAsThePublishedList() {
    int bytes = 0;
    for (String name : LabelSet.ILSVRC2012.names()) {
      String words = name.replaceAll(" \\(n\\d{8}\\)$", "");
      bytes += words.getBytes(StandardCharsets.UTF_8).length + 1;
    }
    assertEquals(21_675, bytes);
  }

  /** big_transfer issue 18: the two classes without images, at these places. */
  @Test
  void hasTheTwoClassesWithoutImages() {
    assertEquals("n03931044", LabelSet.IMAGENET_21K.wordNetIds().get(9_205));
    assertEquals("n09859684", LabelSet.IMAGENET_21K.wordNetIds().get(15_027));
  }

  @Test
  void tellsTheTwoCranesApart() {
    List<String> cranes =
        LabelSet.ILSVRC2012.names().stream().filter(n -> n.startsWith("crane")).toList();
    assertEquals(List.of("crane (n02012849)", "crane (n03126707)"), cranes);
  }

  /** The teddy was split off later; all others are in both. */
  @Test
  void sharesAllButOneClassWithTheLargeSet() {
    Set<String> small = new TreeSet<>(LabelSet.ILSVRC2012.wordNetIds());
    small.removeAll(LabelSet.IMAGENET_21K.wordNetIds());
    assertEquals(Set.of("n04399382"), small);
  }

  /** A plain sort of these names would put the capitals first. */
  @Test
  void keepsTheOrderOfThePets() {
    assertEquals(
        List.of("Abyssinian", "american_bulldog", "american_pit_bull_terrier", "basset_hound"),
        LabelSet.PETS.names().subList(0, 4));
  }

  @Test
  void guessesByTheNumberOfClasses() {
    assertEquals(Optional.of(LabelSet.IMAGENET_21K), LabelSet.assumed(21_843));
    assertEquals(Optional.of(LabelSet.ILSVRC2012), LabelSet.assumed(1_000));
    assertEquals(Optional.empty(), LabelSet.assumed(10));
    assertEquals(Optional.empty(), LabelSet.assumed(0));
  }
}
