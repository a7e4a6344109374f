package io.github.tfbit.graph;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.tfbit.converters.Activation;
import io.github.tfbit.converters.Architecture;
import io.github.tfbit.converters.Head;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.tensorflow.Result;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.TFloat32;

final class BitGraphTest {
  private static final Architecture TINY = new Architecture(List.of(1, 1, 1, 1), 8, 4);

  @Test
  void answersWithLogitsForEveryPicture() throws IOException {
    Head head = new Head(5, Activation.SOFTMAX);
    try (BitGraph bit =
            BitGraph.open(
                InitialWeights.of(TINY, 5, 1), TINY, Optional.of(head), SessionOptions.DEFAULT);
        TFloat32 images =
            TFloat32.tensorOf(
                Shape.of(2, 40, 56, 3), t -> t.scalars().forEach(s -> s.setFloat(.5f)));
        Result result =
            bit.session()
                .runner()
                .feed(bit.images(), images)
                .fetch(bit.at(Endpoint.LOGITS))
                .fetch(bit.at(Endpoint.BLOCK4))
                .run()) {
      assertArrayEquals(new float[10], Tensors.floats((TFloat32) result.get(0)));
      assertEquals(Shape.of(2, 2, 2, 256), result.get(1).shape());
    }
  }
}
