package io.github.tfbit.serving;

import io.github.tfbit.ServedModel;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * What a request's pictures came to, as the signature's outputs.
 *
 * @param model that computed them
 * @param rows one per picture
 * @param best whether {@code scores} are those of the best classes, or of all
 */
record Answer(ServedModel model, List<ServedModel.Row> rows, boolean best) {
  /** The wanted outputs by alias. */
  Map<String, Value> outputs(Set<String> wanted) {
    Map<String, Value> outputs = new LinkedHashMap<>();
    for (String alias : wanted) {
      outputs.put(
          alias,
          switch (alias) {
            case "classes" -> classes();
            case "scores" -> floats(best ? this::bestScores : ServedModel.Row::scores);
            case "logits" -> floats(ServedModel.Row::logits);
            case "features" -> floats(ServedModel.Row::features);
            default -> throw new IllegalStateException("no output is called " + alias);
          });
    }
    return outputs;
  }

  private Value classes() {
    List<String> names = new ArrayList<>();
    rows.forEach(row -> model.best(row).forEach(i -> names.add(model.model().labels().name(i))));
    return TensorProtos.strings(List.of(rows.size(), model.top()), names);
  }

  private float[] bestScores(ServedModel.Row row) {
    List<Integer> classes = model.best(row);
    float[] scores = new float[classes.size()];
    for (int i = 0; i < scores.length; i++) {
      scores[i] = row.scores()[classes.get(i)];
    }
    return scores;
  }

  private Value floats(Function<ServedModel.Row, float[]> part) {
    int length = part.apply(rows.get(0)).length;
    float[] all = new float[Math.multiplyExact(rows.size(), length)];
    for (int i = 0; i < rows.size(); i++) {
      System.arraycopy(part.apply(rows.get(i)), 0, all, i * length, length);
    }
    return new Value(List.of(rows.size(), length), new Value.Floats(all));
  }
}
