package io.github.tfbit.data;

import java.util.List;

/** What is to be said about the order of classes, which is that of their names' code points. */
final class ClassOrder {
  private ClassOrder() {}

  /** A note where classes are numbers and their order is not that of the numbers. */
  static void check(List<String> classes, Notes notes) {
    if (!classes.stream().allMatch(c -> c.matches("[0-9]{1,18}"))) {
      return;
    }
    for (int i = 1; i < classes.size(); i++) {
      if (Long.parseLong(classes.get(i)) < Long.parseLong(classes.get(i - 1))) {
        notes.say(
            "the classes are numbers in the order of texts, as everywhere: "
                + Notes.some(classes, classes.size())
                + "; labels.txt says which is which");
        return;
      }
    }
  }
}
