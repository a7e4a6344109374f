package io.github.tfbit.graph;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.tfbit.converters.Architecture;
import io.github.tfbit.converters.PublishedNames;
import java.nio.FloatBuffer;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

final class InitialWeightsTest {
  private static final Architecture SMALL = Architecture.named(Architecture.SMALL);
  private static final String KERNEL = "resnet/block4/unit01/b/standardized_conv2d/kernel";

  private static float[] values(long seed, String name) {
    FloatBuffer values = InitialWeights.of(SMALL, 7, seed).bytes(name).asFloatBuffer();
    float[] copy = new float[values.remaining()];
    values.get(copy);
    return copy;
  }

  @Test
  void kernelsAreUniformWithinGlorotsLimit() {
    float[] kernel = values(1, KERNEL);
    double limit = Math.sqrt(6.0 / (9 * 128 + 9 * 128));
    double squares = 0;
    float largest = 0;
    double sum = 0;
    for (float v : kernel) {
      squares += (double) v * v;
      sum += v;
      largest = Math.max(largest, Math.abs(v));
    }
    assertTrue(largest <= limit && largest > 0.999 * limit, largest + " of " + limit);
    assertEquals(limit / Math.sqrt(3), Math.sqrt(squares / kernel.length), 0.01 * limit);
    assertEquals(0, sum / kernel.length, 0.01 * limit);
  }

  @Test
  void normsStartAsTheIdentityAndTheHeadAtZero() {
    float[] ones = new float[512];
    Arrays.fill(ones, 1);
    assertArrayEquals(ones, values(1, "resnet/group_norm/gamma"));
    assertArrayEquals(new float[512], values(1, "resnet/group_norm/beta"));
    assertArrayEquals(new float[512 * 7], values(1, PublishedNames.HEAD_KERNEL));
    assertArrayEquals(new float[7], values(1, PublishedNames.HEAD_BIAS));
  }

  @Test
  void aSeedDecidesThem() {
    assertArrayEquals(values(3, KERNEL), values(3, KERNEL));
    assertFalse(Arrays.equals(values(3, KERNEL), values(4, KERNEL)));
    float[] other = values(3, "resnet/block4/unit02/b/standardized_conv2d/kernel");
    assertFalse(Arrays.equals(values(3, KERNEL), other));
  }
}
