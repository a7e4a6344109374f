package io.github.tfbit.cli.demo;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A made-up result to lay out. */
final class Examples {
  private Examples() {}

  static Comparison comparison() {
    List<Integer> steps = List.of(0, 10, 25, 50, 100);
    Curve transfer =
        new Curve(
            "transferred",
            steps,
            List.of(List.of(.1, .3, .5, .7, .8), List.of(.1, .4, .6, .8, .9)));
    Curve scratch =
        new Curve(
            "from <scratch>",
            steps,
            List.of(List.of(.1, .1, .2, .3, .4), List.of(.1, .2, .2, .4, .5)));
    return new Comparison(transfer, scratch);
  }

  static DemoResult result(Path pictures) throws IOException {
    DrawnPictures.write(pictures, 6, 1);
    List<Answer> answers = new ArrayList<>();
    for (Outline o : Outline.values()) {
      for (int i = 0; i < 6; i++) {
        Path file =
            pictures.resolve(o.label()).resolve("%03d.%s".formatted(i, i % 2 == 0 ? "png" : "jpg"));
        String said = i == 2 ? "fish" : o.label();
        answers.add(new Answer(file, o.label(), said, 0.9 - 0.1 * i));
      }
    }
    return new DemoResult(
        comparison(), answers, Path.of("model/1"), List.of("2 < 3 subsets"), 12.5);
  }
}
