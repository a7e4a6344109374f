package io.github.tfbit.cli.demo;

import java.nio.file.Path;
import java.util.List;

/**
 * Everything that the demo found out.
 *
 * @param comparison both curves
 * @param answers of the reloaded export, one per held-out picture
 * @param export the SavedModel's directory
 * @param facts what was done, in sentences: the setting, what was scaled and why
 * @param seconds that all of it took
 */
record DemoResult(
    Comparison comparison, List<Answer> answers, Path export, List<String> facts, double seconds) {
  DemoResult {
    answers = List.copyOf(answers);
    facts = List.copyOf(facts);
  }

  /** Share of the held-out pictures that the reloaded export names rightly. */
  double accuracy() {
    return answers.stream().filter(Answer::right).count() / (double) answers.size();
  }
}
