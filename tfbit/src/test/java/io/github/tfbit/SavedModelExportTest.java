package io.github.tfbit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.tfbit.converters.Architecture;
import io.github.tfbit.converters.testing.SeededCheckpoint;
import io.github.tfbit.data.ImageSize;
import io.github.tfbit.data.ImageSource;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.Result;
import org.tensorflow.SavedModelBundle;
import org.tensorflow.ndarray.NdArrays;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TString;

class SavedModelExportTest {
  private static final Architecture TINY = new Architecture(List.of(1, 1, 1, 1), 8, 4);
  private static final Labels LABELS = Labels.of(List.of("ant", "bee", "café", "dog"));
  private static final ImageSize SIZE = new ImageSize(40, 56);

  @TempDir Path dir;

  @Test
  void answersFromEncodedPicturesAsTheModelDoes() throws IOException {
    SeededCheckpoint weights = SeededCheckpoint.of(TINY, 4, 3);
    Path export =
        SavedModelExport.of(weights).labels(LABELS).size(SIZE).top(3).build().writeTo(dir);
    assertEquals(dir.resolve("1"), export);
    byte[] first = Drawings.jpeg(1, 90, 61);
    byte[] second = Drawings.jpeg(2, 31, 64);
    try (BitModel model = BitModel.builder(weights).labels(LABELS).size(SIZE).top(3).build();
        SavedModelBundle bundle = SavedModelBundle.load(export.toString(), "serve");
        TString bytes = TString.tensorOfBytes(NdArrays.vectorOfObjects(first, second));
        Result result = bundle.function("serving_default").call(Map.of("image_bytes", bytes))) {
      TString classes = (TString) result.get("classes").orElseThrow();
      TFloat32 scores = (TFloat32) result.get("scores").orElseThrow();
      List<byte[]> pictures = List.of(first, second);
      for (int i = 0; i < 2; i++) {
        List<Prediction.Score> top = model.classify(ImageSource.of(pictures.get(i))).top();
        for (int k = 0; k < 3; k++) {
          assertEquals(top.get(k).label(), classes.getObject(i, k));
          assertEquals(top.get(k).probability(), scores.getFloat(i, k), 2e-6);
        }
      }
    }
  }
}
