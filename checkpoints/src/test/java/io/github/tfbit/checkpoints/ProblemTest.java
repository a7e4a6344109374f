package io.github.tfbit.checkpoints;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class ProblemTest {
  @Test
  void shownNamesMoveNoCursor() {
    assertEquals("a?[2J??b???", Problem.shown("a\u001b[2J\r\nb\u202e\u2028\ud800"));
  }

  @Test
  void shownNamesKeepTheirLetters() {
    assertEquals("größe/木 😀", Problem.shown("größe/木 😀"));
  }

  @Test
  void shownNamesAreOfBoundedLength() {
    assertEquals("n".repeat(200) + "... (5000 characters)", Problem.shown("n".repeat(5000)));
  }

  @Test
  void theMessageHasFourParts() {
    assertEquals("f: expected a, found b; do c", new Problem("a", "b", "f", "do c").message());
  }
}
