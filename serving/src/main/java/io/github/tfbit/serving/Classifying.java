package io.github.tfbit.serving;

import com.google.protobuf.ByteString;
import io.github.tfbit.serving.wire.ClassificationResponse.Scored;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** The Classify interface, which is Predict with fixed names. */
final class Classifying {
  private Classifying() {}

  /**
   * Names what examples show.
   *
   * @param predictor answers
   * @param key of the signature
   * @param examples serialised {@code tf.Example}
   * @return the best classes of each example, best first
   */
  static CompletableFuture<List<List<Scored>>> classify(
      Predictor predictor, String key, List<ByteString> examples) {
    Contract.checkClassify(Contract.signature(predictor.signatures(), key));
    if (examples.isEmpty()) {
      throw ServingException.invalid("Input is empty.");
    }
    Value inputs = new Value(List.of(examples.size()), new Value.Strings(examples));
    return predictor.predict(key, Map.of("inputs", inputs), List.of()).thenApply(Classifying::rows);
  }

  private static List<List<Scored>> rows(Map<String, Value> outputs) {
    List<ByteString> classes = ((Value.Strings) outputs.get("classes").data()).values();
    float[] scores = ((Value.Floats) outputs.get("scores").data()).values();
    int rows = outputs.get("classes").rows();
    int top = classes.size() / rows;
    List<List<Scored>> all = new ArrayList<>();
    for (int row = 0; row < rows; row++) {
      List<Scored> one = new ArrayList<>();
      for (int i = row * top; i < (row + 1) * top; i++) {
        one.add(new Scored(classes.get(i).toStringUtf8(), scores[i]));
      }
      all.add(one);
    }
    return all;
  }
}
