package io.github.tfbit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.tfbit.data.ImageDataset;
import io.github.tfbit.data.ImageDatasets;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ClassWeightsTest {
  private final ImageDataset even = Drawn.dataset(12, 1);

  /** Six of the first class, two of each other. */
  private ImageDataset uneven() throws IOException {
    int[] kept = new int[10];
    int n = 0;
    int[] most = {4, 2, 4};
    for (int i = 0; i < even.size(); i++) {
      int label = even.labels(i)[0];
      if (most[label]-- > 0) {
        kept[n++] = i;
      }
    }
    return ImageDatasets.subset(even, IntStream.of(kept).limit(n).toArray());
  }

  /** scikit-learn: compute_class_weight("balanced", classes=[0, 1, 2], y=4, 2 and 4 of each). */
  @Test
  void balancedIsScikitLearns() throws IOException {
    List<Double> weights = ClassWeights.BALANCED.over(uneven());
    assertEquals(List.of(10 / 12.0, 10 / 6.0, 10 / 12.0), weights);
    assertEquals(List.of(1.0, 1.0, 1.0), ClassWeights.BALANCED.over(even));
  }

  @Test
  void aClassWithoutPicturesCannotBeBalanced() throws IOException {
    ImageDataset none =
        ImageDatasets.subset(even, IntStream.range(0, 12).filter(i -> labelOf(i) != 1).toArray());
    TrainingException e =
        assertThrows(TrainingException.class, () -> ClassWeights.BALANCED.over(none));
    assertEquals("none of '" + even.classes().get(1) + "' to learn from", e.problem().found());
  }

  private int labelOf(int i) {
    try {
      return even.labels(i)[0];
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @Test
  void namesAClassWithoutAWeight() {
    ClassWeights some = ClassWeights.of(Map.of(even.classes().get(0), 2.0));
    TrainingException e = assertThrows(TrainingException.class, () -> some.over(even));
    assertEquals("none", e.problem().found());
  }

  @Test
  void noneIsNoWeightAtAll() throws IOException {
    assertEquals(List.of(), ClassWeights.NONE.over(even));
  }
}
