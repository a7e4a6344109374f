package io.github.tfbit.converters;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.tfbit.checkpoints.TensorInfo;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ArchitectureTest {
  private static long parameters(Architecture a, int classes) {
    return a.tensors(classes).stream().mapToLong(TensorInfo::elements).sum();
  }

  /** Variables, features and parameters without a head and with the published ones. */
  @ParameterizedTest
  @CsvSource({
    "R50x1, 151, 2048, 23500352, 25549352, 68256659",
    "R101x1, 304, 2048, 42492480, 44541480, 87248787",
    "R50x3, 151, 6144, 211174080, 217319080, 345399315",
    "R101x3, 304, 6144, 381789888, 387934888, 516015123",
    "R152x2, 457, 4096, 232238208, 236335208, 321728979",
    "R152x4, 457, 8192, 928340224, 936533224, 1107299923"
  })
  void hasThePublishedSizes(
      String name, int variables, int features, long none, long small, long large) {
    Architecture a = Architecture.named(name);
    assertEquals(variables, a.tensors(0).size());
    assertEquals(features, a.features());
    assertEquals(
        List.of(none, small, large),
        List.of(parameters(a, 0), parameters(a, 1000), parameters(a, 21_843)));
  }

  @Test
  void everyPublishedModelHas32Groups() {
    for (String name : List.of("R50x1", "R101x3", "R152x4")) {
      assertEquals(32, Architecture.named(name).groups());
    }
  }

  @ParameterizedTest
  @CsvSource({"64, 32", "256, 32", "16, 8", "8, 4", "2, 1", "1, 1"})
  void groupsFollowFromTheRootChannels(int channels, int groups) {
    assertEquals(groups, Architecture.defaultGroups(channels));
  }

  @Test
  void namesAreFoundAgain() {
    for (String name : Architecture.names()) {
      assertEquals(name, Architecture.named(name).name());
    }
  }

  @Test
  void anArchitectureWithoutANameDescribesItself() {
    assertEquals(
        "units 1-1-2-1, 8 root channels, 4 groups",
        new Architecture(List.of(1, 1, 2, 1), 8, 4).name());
  }

  @Test
  void anUnknownNameListsTheKnown() {
    var e = assertThrows(IllegalArgumentException.class, () -> Architecture.named("R18x1"));
    assertTrue(e.getMessage().contains("R50x1, R101x1"), e.getMessage());
    assertTrue(e.getMessage().endsWith("found R18x1"), e.getMessage());
  }

  @Test
  void tensorNamesAreUnique() {
    Set<String> names = new HashSet<>();
    for (TensorInfo t : Architecture.named("R152x4").tensors(10)) {
      assertTrue(names.add(t.name()), t.name());
    }
  }

  @Test
  void onlyTheFirstUnitOfABlockProjects() {
    List<String> projections =
        Architecture.named("R50x1").tensors(0).stream()
            .map(TensorInfo::name)
            .filter(n -> n.contains("proj"))
            .toList();
    assertEquals(
        List.of(1, 2, 3, 4).stream()
            .map(b -> "resnet/block" + b + "/unit01/a/proj/standardized_conv2d/kernel")
            .toList(),
        projections);
  }

  @Test
  void unitNumbersHaveTwoDigits() {
    assertEquals("resnet/block3/unit36/", PublishedNames.unit(3, 36));
    assertEquals("resnet/block1/unit01/", PublishedNames.unit(1, 1));
  }

  @ParameterizedTest
  @CsvSource({"0, 8, 4", "1, 9, 4", "1, 8, 0", "1, 0, 1"})
  void refusesNumbersThatMakeNoNetwork(int units, int channels, int groups) {
    List<Integer> list = List.of(1, units, 1, 1);
    assertThrows(IllegalArgumentException.class, () -> new Architecture(list, channels, groups));
  }

  @Test
  void refusesAnotherNumberOfBlocks() {
    List<Integer> three = List.of(1, 1, 1);
    assertThrows(IllegalArgumentException.class, () -> new Architecture(three, 8, 4));
  }

  @Test
  void aHeadHasAtLeastOneClass() {
    assertThrows(IllegalArgumentException.class, () -> new Head(0, Activation.SOFTMAX));
  }
}
