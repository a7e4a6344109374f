package io.github.tfbit.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.tfbit.converters.Activation;
import io.github.tfbit.converters.Architecture;
import io.github.tfbit.converters.Head;
import io.github.tfbit.converters.testing.SeededCheckpoint;
import io.github.tfbit.converters.testing.SeededTensors;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.types.TFloat32;

@Tag("golden")
final class GoldenForwardTest {
  @Test
  void everyLayerOfR50x1IsTheOfficialOne() throws IOException {
    compare("R50x1_layers", List.of(Endpoint.values()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"R50x1", "R101x1", "R50x3", "R101x3", "R152x2"})
  void logitsAndPreLogitsAreTheOfficialOnes(String name) throws IOException {
    compare(name, List.of(Endpoint.PRE_LOGITS, Endpoint.LOGITS));
  }

  @Test
  @Tag("large")
  void logitsAndPreLogitsOfR152x4AreTheOfficialOnes() throws IOException {
    compare("R152x4", List.of(Endpoint.PRE_LOGITS, Endpoint.LOGITS));
  }

  private static void compare(String name, List<Endpoint> endpoints) throws IOException {
    Architecture architecture = Architecture.named(name.replace("_layers", ""));
    try (Golden golden = Golden.open("forward_" + name)) {
      int seed = golden.whole("seed");
      int classes = golden.whole("classes");
      int[] shape = Arrays.stream(golden.values("input_shape")).mapToInt(d -> (int) d).toArray();
      assertEquals(architecture.rootChannels(), 64 * golden.whole("width"));
      Optional<Head> head = Optional.of(new Head(classes, Activation.SOFTMAX));
      SeededCheckpoint weights = SeededCheckpoint.of(architecture, classes, seed);
      try (BitGraph bit = BitGraph.open(weights, architecture, head, SessionOptions.DEFAULT);
          TFloat32 images =
              TFloat32.tensorOf(
                  Shape.of(Arrays.stream(shape).asLongStream().toArray()),
                  DataBuffers.of(SeededTensors.images(seed, shape)))) {
        Session.Runner runner = bit.session().runner().feed(bit.images(), images);
        endpoints.forEach(e -> runner.fetch(bit.at(e)));
        try (Result result = runner.run()) {
          for (int i = 0; i < endpoints.size(); i++) {
            String layer = endpoints.get(i).layer();
            float[] found = Tensors.floats((TFloat32) result.get(i));
            check(name, layer, Tolerance.distance(golden.values(layer), found));
          }
        }
      }
    }
  }

  private static void check(String name, String layer, double distance) {
    double tolerance = Tolerance.TIMES_NOISE * Tolerance.NOISE.get(name).get(layer);
    Measured.note(name + " " + layer, distance, tolerance);
    Tolerance.assertNear(distance, tolerance, name + " " + layer);
  }
}
