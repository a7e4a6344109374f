package io.github.tfbit.converters.catalogue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.tfbit.converters.Activation;
import io.github.tfbit.converters.Head;
import io.github.tfbit.converters.InputRange;
import io.github.tfbit.converters.Layout;
import io.github.tfbit.converters.labels.LabelSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CatalogueTest {
  private static final Catalogue CATALOGUE = Catalogue.published();

  private static Entry entry(String name) {
    return CATALOGUE.find(name).orElseThrow(() -> new AssertionError(name));
  }

  @ParameterizedTest
  @CsvSource({
    "bit-m, 6",
    "bit-s, 6",
    "bit-m-h5, 5",
    "bit-s-h5, 5",
    "ilsvrc2012, 6",
    "cifar10, 1",
    "vtab, 285",
    "vtab-tfhub, 285",
    "distill, 4",
    "distill-small, 4",
    "feature-vectors, 5",
    "hub, 10",
    "hub-ilsvrc2012, 10",
    "hub-imagenet21k, 5",
    "experts, 48",
    "sayakpaul, 4",
    "sayakpaul-features, 4",
    "timm, 6",
    "timm-ilsvrc2012, 9",
    "hf, 1",
    "tfbit, 1"
  })
  void hasEveryFamilyWhole(String id, int count) {
    Family family =
        CATALOGUE.families().stream().filter(f -> f.id().equals(id)).findFirst().orElseThrow();
    assertEquals(count, CATALOGUE.entries(family).size());
  }

  @Test
  void hasNothingBeside() {
    assertEquals(21, CATALOGUE.families().size());
    assertEquals(710, CATALOGUE.entries().size());
  }

  @ParameterizedTest
  @CsvSource({
    "BiT-M-R50x1, NPZ, R50x1, 21843, BiT-M-R50x1.npz",
    "BiT-S-R152x2, NPZ, R152x2, 1000, BiT-S-R152x2.npz",
    "BiT-M-R50x1.h5, KERAS_H5, R50x1, 21843, BiT-M-R50x1.h5",
    "BiT-M-R50x1-ILSVRC2012, NPZ, R50x1, 1000, BiT-M-R50x1-ILSVRC2012.npz",
    "BiT-M-R50x1-CIFAR10, NPZ, R50x1, 10, BiT-M-R50x1-CIFAR10.npz",
    "BiT-M-R152x4-run2-clevr-count, NPZ, R152x4, 8, vtab/BiT-M-R152x4-run2-clevr-count.npz",
    "BiT-M-R50x3-run0-dtd.tfhub, HUB_MODULE_V1, R50x3, 47, vtab/BiT-M-R50x3-run0-dtd.tfhub",
    "distill/R50x1_224, NPZ, R50x1, 1000, distill/R50x1_224.npz",
    "Imagenet21k/R101x3/feature_vectors, HUB_SAVED_MODEL, R101x3, 0, Imagenet21k/R101x3/feature_vectors",
    "google/bit/m-r50x1/1, HUB_SAVED_MODEL, R50x1, 0, google/bit/m-r50x1/1.tar.gz",
    "timm/resnetv2_50x1_bit.goog_in21k, TIMM_SAFETENSORS, R50x1, 21843, timm/resnetv2_50x1_bit.goog_in21k",
    "google/bit-50, HF_SAFETENSORS, R50x1, 1000, google/bit-50",
    "tfbit-R26x0.25, NPZ, R26x0.25, 10, ''"
  })
  void knowsEachForm(String name, Layout layout, String arch, int classes, String location) {
    Entry entry = entry(name);
    assertEquals(layout, entry.layout());
    assertEquals(arch, entry.architecture().name());
    assertEquals(classes, entry.head().map(Head::classes).orElse(0));
    assertEquals(location, entry.location());
  }

  @ParameterizedTest
  @CsvSource({
    "BiT-M-R50x1,",
    "BiT-M-R50x1-ILSVRC2012,",
    "BiT-M-R50x1-CIFAR10, 128",
    "distill/R50x1_160, 160",
    "distill/R152x2_T_384, 384",
    "distill/R152x2_T_pet128, 128",
    "sayakpaul/distill_bit_r50x1_160_feature_extraction/1, 160",
    "timm/resnetv2_50x1_bit.goog_distilled_in1k, 224",
    "timm/resnetv2_152x2_bit.goog_teacher_in21k_ft_in1k_384, 384",
    "timm/resnetv2_50x1_bit.goog_in21k_ft_in1k,"
  })
  void knowsWhatWasTrainedAtAnotherSideThanThePapers(String name, Integer side) {
    assertEquals(Optional.ofNullable(side), entry(name).fineTunedAt());
  }

  @Test
  void findsWhateverTheCase() {
    assertEquals("BiT-M-R50x1", entry("bit-m-r50x1").name());
  }

  @ParameterizedTest
  @CsvSource({
    "BiT-M-R50x1.npz, BiT-M-R50x1",
    "vtab/BiT-M-R50x1-run0-caltech101, BiT-M-R50x1-run0-caltech101",
    "https://tfhub.dev/google/bit/m-r50x1/1, google/bit/m-r50x1/1",
    "resnetv2_50x1_bitm, timm/resnetv2_50x1_bit.goog_in21k_ft_in1k",
    "resnetv2_152x4_bitm_in21k, timm/resnetv2_152x4_bit.goog_in21k",
    "resnetv2_152x2_bit_teacher_384, timm/resnetv2_152x2_bit.goog_teacher_in21k_ft_in1k_384"
  })
  void findsByAlias(String alias, String name) {
    assertEquals(name, entry(alias).name());
  }

  @Test
  void doesNotFindWhatIsNotThere() {
    assertEquals(Optional.empty(), CATALOGUE.find("BiT-L-R50x1"));
    assertEquals(Optional.empty(), CATALOGUE.find(""));
  }

  @ParameterizedTest
  @CsvSource({
    "BiT-M-R50x, BiT-M-R50x1",
    "bit_m_r50x1, BiT-M-R50x1",
    "BiT-L-R152x4, BiT-M-R152x4",
    "timm/resnetv2_50x1_bit.goog_in22k, timm/resnetv2_50x1_bit.goog_in21k",
    "BiT-M-R50x1-run0-caltech, BiT-M-R50x1-run0-caltech101",
    "google/bit/m-r50x1, google/bit/m-r50x1/1"
  })
  void suggestsWhatWasMeant(String typed, String meant) {
    List<String> names = CATALOGUE.suggestions(typed);
    assertTrue(names.contains(meant), names::toString);
    assertTrue(names.size() <= 5, names::toString);
  }

  @Test
  void suggestsNothingForWhatIsNoName() {
    assertEquals(List.of(), CATALOGUE.suggestions("photos/of/my/cat.jpg"));
    assertEquals(List.of(), CATALOGUE.suggestions("x".repeat(1_000_000)));
  }

  @Test
  void marksTheTwoWrongFiles() {
    assertTrue(entry("BiT-S-R50x3.h5").defects().get(0).contains("width factor 1"));
    assertTrue(entry("BiT-S-R101x1.h5").defects().get(0).contains("width factor 4"));
    assertEquals(2, CATALOGUE.entries().stream().filter(e -> !e.defects().isEmpty()).count());
  }

  @Test
  void knowsWhichModulesWantWhichRange() {
    assertEquals(0, entry("google/bit/m-r50x1/1").inputRange().orElseThrow().low());
    assertEquals(
        -1, entry("sayakpaul/bit_r152x2_224_feature_extraction/1").inputRange().get().low());
    assertEquals(Optional.empty(), entry("BiT-M-R50x1-run0-dtd.tfhub").inputRange());
    for (Entry entry : CATALOGUE.entries()) {
      if (entry.layout() == Layout.NPZ || entry.layout() == Layout.KERAS_H5) {
        InputRange range = entry.inputRange().orElseThrow();
        assertEquals(List.of(-1f, 1f), List.of(range.low(), range.high()), entry.name());
      }
    }
  }

  @Test
  void headsMeanWhatTheirClassesMean() {
    for (Entry entry : CATALOGUE.entries()) {
      entry
          .head()
          .ifPresent(
              h -> assertEquals(Activation.published(h.classes()), h.activation(), entry.name()));
    }
  }

  @Test
  void everyLargeHeadHasNames() {
    for (Entry entry : CATALOGUE.entries()) {
      int classes = entry.head().map(Head::classes).orElse(0);
      Optional<LabelSet> assumed = LabelSet.assumed(classes);
      assumed.ifPresent(l -> assertEquals(assumed, entry.labels(), entry.name()));
    }
  }

  @Test
  void saysHowSourcesEvaluate() {
    List<Evaluation> evaluations = entry("BiT-M-R152x4-ILSVRC2012").evaluations();
    assertEquals(List.of(480, 480), evaluations.stream().map(Evaluation::crop).toList());
    assertEquals(512, evaluations.get(0).resize());
  }

  @Test
  void onlyTheShippedModelHasNothingToFetch() {
    List<Entry> shipped = CATALOGUE.entries().stream().filter(Entry::shipped).toList();
    assertEquals(List.of(entry("tfbit-R26x0.25")), shipped);
  }

  @Test
  void directoriesHaveAllTheirFiles() {
    Entry vtab = entry("BiT-M-R50x1-run0-caltech101.tfhub");
    List<String> below =
        vtab.artefacts().stream()
            .map(a -> a.path().substring(vtab.location().length() + 1))
            .toList();
    assertEquals(
        List.of(
            "saved_model.pb",
            "tfhub_module.pb",
            "variables/variables.index",
            "variables/variables.data-00000-of-00001"),
        below);
  }

  @Test
  void genuineBackbonesHaveFingerprints() {
    List<String> names =
        CATALOGUE.entries().stream()
            .filter(e -> e.fingerprints().isPresent())
            .map(Entry::name)
            .toList();
    assertEquals(
        List.of(
            "BiT-M-R50x1",
            "BiT-M-R50x1.h5",
            "google/bit/m-r50x1/1",
            "google/bit/m-r50x1/imagenet21k_classification/1",
            "timm/resnetv2_50x1_bit.goog_in21k"),
        names);
  }

  @Test
  void listsThePublishedNames() {
    assertEquals(4, CATALOGUE.labelFiles().size());
  }

  @Test
  void namesHaveNoSpaces() {
    for (Entry entry : CATALOGUE.entries()) {
      assertFalse(entry.name().contains(" "), entry.name());
      assertEquals(entry.name(), entry.name().strip().toString());
      assertTrue(entry.name().toLowerCase(Locale.ROOT).length() < 80);
    }
  }

  @Test
  void cannotBeChanged() {
    assertThrows(UnsupportedOperationException.class, () -> CATALOGUE.entries().remove(0));
  }
}
