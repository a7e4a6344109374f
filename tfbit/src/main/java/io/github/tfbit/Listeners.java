package io.github.tfbit;

import io.github.tfbit.evaluate.Evaluation;
import java.nio.file.Path;
import java.util.List;

/** Several listeners as one. */
record Listeners(List<TrainingListener> all) implements TrainingListener {
  Listeners {
    all = List.copyOf(all);
  }

  @Override
  public void described(String part, int done, int of) {
    all.forEach(l -> l.described(part, done, of));
  }

  @Override
  public void planned(Plan plan) {
    all.forEach(l -> l.planned(plan));
  }

  @Override
  public void resumed(int step, List<String> notes) {
    all.forEach(l -> l.resumed(step, notes));
  }

  @Override
  public void stepped(Step step) {
    all.forEach(l -> l.stepped(step));
  }

  @Override
  public void evaluated(int step, Evaluation evaluation) {
    all.forEach(l -> l.evaluated(step, evaluation));
  }

  @Override
  public void checkpointed(int step, Path state) {
    all.forEach(l -> l.checkpointed(step, state));
  }

  @Override
  public void saved(Path weights) {
    all.forEach(l -> l.saved(weights));
  }

  @Override
  public void ended(Outcome outcome) {
    all.forEach(l -> l.ended(outcome));
  }
}
