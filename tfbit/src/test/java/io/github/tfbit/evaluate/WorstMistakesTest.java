package io.github.tfbit.evaluate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.tfbit.converters.Activation;
import java.util.List;
import org.junit.jupiter.api.Test;

class WorstMistakesTest {
  private static Answer answer(int picture, int[] labels, float... logits) {
    return new Answer(picture, "p" + picture, labels, logits);
  }

  @Test
  void keepsTheSurestWrongAnswersOnly() {
    WorstMistakes worst = new WorstMistakes(Activation.SOFTMAX, 2);
    worst.accept(answer(0, new int[] {0}, 9, 0, 0));
    worst.accept(answer(1, new int[] {0}, 0, 1, 0));
    worst.accept(answer(2, new int[] {1}, 0, 0, 5));
    worst.accept(answer(3, new int[] {2}, 3, 0, 0));
    List<Mistake> found = worst.list();
    assertEquals(List.of(2, 3), found.stream().map(Mistake::picture).toList());
    assertEquals(2, found.get(0).answer());
    assertEquals(Math.exp(5) / (Math.exp(5) + 2), found.get(0).probability(), 1e-12);
  }

  @Test
  void ofEqualMistakesTheEarlierPictureComesFirst() {
    WorstMistakes worst = new WorstMistakes(Activation.SOFTMAX, 2);
    for (int picture = 0; picture < 5; picture++) {
      worst.accept(answer(picture, new int[] {0}, 0, 1));
    }
    assertEquals(List.of(0, 1), worst.list().stream().map(Mistake::picture).toList());
  }

  @Test
  void aLabelTooManyOrTooFewIsAMistakeOfASigmoid() {
    WorstMistakes worst = new WorstMistakes(Activation.SIGMOID, 9);
    worst.accept(answer(0, new int[] {0, 1}, 2, -4, -1));
    worst.accept(answer(1, new int[] {0}, 2, -3, 3));
    worst.accept(answer(2, new int[] {0}, 2, -3, -3));
    List<Mistake> found = worst.list();
    assertEquals(List.of(0, 1), found.stream().map(Mistake::picture).toList());
    assertTrue(found.get(0).missed());
    assertEquals(1, found.get(0).answer());
    assertEquals(2, found.get(1).answer());
    assertEquals(found.get(1).probability(), found.get(1).error());
  }

  @Test
  void pictureThatShowsNothingCanBeGivenALabelTooMany() {
    WorstMistakes worst = new WorstMistakes(Activation.SIGMOID, 2);
    worst.accept(new Answer(0, "right", new int[] {}, new float[] {-1, -2}));
    worst.accept(new Answer(1, "wrong", new int[] {}, new float[] {-1, 2}));
    assertEquals(1, worst.list().size());
    assertEquals(1, worst.list().get(0).picture());
    assertEquals(1, worst.list().get(0).answer());
  }
}
