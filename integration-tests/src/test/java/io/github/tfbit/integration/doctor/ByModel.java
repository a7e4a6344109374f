package io.github.tfbit.integration.doctor;

import io.github.tfbit.BitModel;
import io.github.tfbit.Prediction;
import io.github.tfbit.data.ImageSource;
import io.github.tfbit.doctor.Answer;
import io.github.tfbit.doctor.Patient;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** What the library answers; the classes by index. */
record ByModel(BitModel model) implements Patient {
  @Override
  public String name() {
    return "by model";
  }

  @Override
  public List<Answer> answers(List<byte[]> pictures) throws IOException {
    List<Answer> answers = new ArrayList<>();
    for (byte[] picture : pictures) {
      Prediction.Ranked ranked = model.classify(ImageSource.of(picture));
      List<String> classes = new ArrayList<>();
      float[] scores = new float[ranked.top().size()];
      for (int i = 0; i < scores.length; i++) {
        classes.add(Integer.toString(ranked.top().get(i).index()));
        scores[i] = (float) ranked.top().get(i).probability();
      }
      answers.add(new Answer(classes, scores));
    }
    return answers;
  }

  @Override
  public void close() {
    // The model is the test's.
  }
}
