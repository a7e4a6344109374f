package io.github.tfbit.cli.demo;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.tensorflow.Result;
import org.tensorflow.SavedModelBundle;
import org.tensorflow.ndarray.NdArrays;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TString;

/**
 * A SavedModel read back as any TensorFlow program would read it: by its signature alone. Owns the
 * loaded graph.
 */
final class ReloadedExport implements AutoCloseable {
  private final SavedModelBundle bundle;

  ReloadedExport(Path directory) {
    bundle = SavedModelBundle.load(directory.toString(), "serve");
  }

  /**
   * The best class.
   *
   * @param label its name
   * @param score 0 to 1
   */
  record Best(String label, double score) {}

  /** Asks about one encoded picture. */
  Best best(byte[] encoded) {
    try (TString bytes = TString.tensorOfBytes(NdArrays.vectorOfObjects(new byte[][] {encoded}));
        Result result = bundle.function("serving_default").call(Map.of("image_bytes", bytes))) {
      TString classes = (TString) result.get("classes").orElseThrow();
      TFloat32 scores = (TFloat32) result.get("scores").orElseThrow();
      byte[] label = classes.asBytes().getObject(0, 0);
      return new Best(new String(label, StandardCharsets.UTF_8), scores.getFloat(0, 0));
    }
  }

  @Override
  public void close() {
    bundle.close();
  }
}
