package io.github.tfbit.fewshot;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.tfbit.data.DataException;
import io.github.tfbit.data.Example;
import io.github.tfbit.data.ImageDataset;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SubsetsTest {
  /** Picture i is of class i mod 3; of class c there are 9 - 2 c. */
  private static final int[] LABELS = {
    0, 1, 2, 0, 1, 2, 0, 1, 2, 0, 1, 2, 0, 1, 2, 0, 1, 0, 1, 0, 0
  };

  @SuppressWarnings("ArrayRecordComponent")
  private record Labelled(int[] labels) implements ImageDataset {
    @Override
    public List<String> classes() {
      return List.of("cat", "ship", "truck");
    }

    @Override
    public int size() {
      return labels.length;
    }

    @Override
    public Example example(int index) {
      return new Example("p" + index, new byte[0], labels(index));
    }

    @Override
    public int[] labels(int index) {
      return new int[] {labels[index]};
    }
  }

  private static Subsets subsets(long seed) throws IOException {
    return new Subsets(new Labelled(LABELS), seed);
  }

  @Test
  void drawsAsManyOfEachClass() throws IOException {
    int[] drawn = subsets(1).draw(Shots.of(4), 2);
    assertEquals(12, Arrays.stream(drawn).distinct().count());
    for (int c = 0; c < 3; c++) {
      int of = c;
      assertEquals(4, Arrays.stream(drawn).filter(i -> LABELS[i] == of).count());
    }
  }

  @Test
  void fullIsEveryPicture() throws IOException {
    assertArrayEquals(IntStream.range(0, LABELS.length).toArray(), subsets(1).draw(Shots.FULL, 0));
  }

  @Test
  void moreShotsContainFewer() throws IOException {
    List<Integer> five = Arrays.stream(subsets(1).draw(Shots.of(5), 3)).boxed().toList();
    List<Integer> two = Arrays.stream(subsets(1).draw(Shots.of(2), 3)).boxed().toList();
    assertTrue(five.containsAll(two));
  }

  @Test
  void seedAndSubsetDecide() throws IOException {
    int[] drawn = subsets(1).draw(Shots.of(3), 0);
    assertArrayEquals(drawn, subsets(1).draw(Shots.of(3), 0));
    assertFalse(Arrays.equals(drawn, subsets(1).draw(Shots.of(3), 1)));
    assertFalse(Arrays.equals(drawn, subsets(2).draw(Shots.of(3), 0)));
  }

  @Test
  void namesEveryClassThatHasTooFew() throws IOException {
    Subsets subsets = subsets(1);
    subsets.require(List.of(Shots.of(5), Shots.FULL));
    DataException e =
        assertThrows(DataException.class, () -> subsets.require(List.of(Shots.of(6), Shots.of(8))));
    assertEquals("ship has 7, 8 asked; truck has 5, 6 asked", e.problem().found());
  }

  @Test
  void shotsReadWhatTheyWrite() {
    assertEquals(Shots.FULL, Shots.parse("full"));
    assertEquals(Shots.of(25), Shots.parse("25"));
    assertEquals("25", Shots.of(25).toString());
    for (String wrong : List.of("0", "-1", "all", "", "1.5")) {
      assertThrows(IllegalArgumentException.class, () -> Shots.parse(wrong), wrong);
    }
    assertTrue(Shots.FULL.compareTo(Shots.of(1_000_000)) > 0);
  }
}
