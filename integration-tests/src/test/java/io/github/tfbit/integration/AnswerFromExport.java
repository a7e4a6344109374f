package io.github.tfbit.integration;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.tensorflow.Result;
import org.tensorflow.SavedModelBundle;
import org.tensorflow.ndarray.NdArrays;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TString;

/** A program that knows TensorFlow-Java and nothing of us: EXPORT PICTURE, best class to OUT. */
final class AnswerFromExport {
  private AnswerFromExport() {}

  public static void main(String[] args) throws Exception {
    byte[] picture = Files.readAllBytes(Path.of(args[1]));
    try (SavedModelBundle bundle = SavedModelBundle.load(args[0], "serve");
        TString bytes = TString.tensorOfBytes(NdArrays.vectorOfObjects(picture));
        Result result = bundle.function("serving_default").call(Map.of("image_bytes", bytes))) {
      TString classes = (TString) result.get("classes").orElseThrow();
      TFloat32 scores = (TFloat32) result.get("scores").orElseThrow();
      Files.writeString(Path.of(args[2]), classes.getObject(0, 0) + " " + scores.getFloat(0, 0));
    }
  }
}
