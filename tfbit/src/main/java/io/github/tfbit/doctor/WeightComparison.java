package io.github.tfbit.doctor;

import io.github.tfbit.checkpoints.Checkpoint;
import io.github.tfbit.checkpoints.TensorInfo;
import io.github.tfbit.converters.ContentId;
import io.github.tfbit.converters.PublishedNames;
import io.github.tfbit.converters.TensorDifference;
import io.github.tfbit.doctor.Diagnosis.Suspicion;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Optional;

/** What differs between two models' weights, before any picture is looked at. */
final class WeightComparison {
  /** Cutting to bfloat16 moves a value by at most 1 / 128 of itself, rounding by half of that. */
  private static final double ROUNDED = 1 / 120.0;

  private final Reference a;
  private final Reference b;

  private WeightComparison(Reference a, Reference b) {
    this.a = a;
    this.b = b;
  }

  /** The best explanation; empty if the weights are the same. */
  static Optional<Suspicion> of(Reference a, Reference b) throws IOException {
    return new WeightComparison(a, b).explain();
  }

  private Optional<Suspicion> explain() throws IOException {
    Reference.Anatomy one = a.anatomy();
    Reference.Anatomy two = b.anatomy();
    if (!one.architecture().units().equals(two.architecture().units())
        || one.architecture().rootChannels() != two.architecture().rootChannels()) {
      return suspect(
          Fault.ARCHITECTURE, two.architecture().name() + ", not " + one.architecture().name());
    }
    if (one.head().classes() != two.head().classes()) {
      return suspect(Fault.CLASSES, two.head().classes() + ", not " + one.head().classes());
    }
    ContentId here = ContentId.of(one.weights());
    ContentId there = ContentId.of(two.weights());
    List<TensorDifference> differences = here.differences(there);
    if (differences.isEmpty()) {
      return Optional.empty();
    }
    if (here.backboneId().equals(there.backboneId())) {
      return head();
    }
    if (rounded(differences)) {
      return suspect(Fault.PRECISION, "in its weights");
    }
    if (channelsReversed()) {
      return suspect(Fault.BGR_KERNEL, PublishedNames.ROOT_KERNEL);
    }
    return suspect(
        Fault.WEIGHTS,
        differences.size() + " tensors, the first of them " + differences.get(0).name());
  }

  private Optional<Suspicion> suspect(Fault fault, String detail) {
    return Optional.of(new Suspicion(b.name(), List.of(fault), List.of(detail), 0));
  }

  /** Only the head differs: by its bias, by its columns' order, or altogether. */
  private Optional<Suspicion> head() throws IOException {
    float[] bias = read(b, PublishedNames.HEAD_BIAS);
    float[] kernel = read(a, PublishedNames.HEAD_KERNEL);
    float[] other = read(b, PublishedNames.HEAD_KERNEL);
    if (java.util.Arrays.equals(kernel, other) && allZero(bias)) {
      return suspect(Fault.NO_HEAD_BIAS, "");
    }
    int classes = bias.length;
    if (moved(kernel, other, classes, 1)) {
      return suspect(Fault.LABELS_ONE_UP, "in its head's columns");
    }
    if (moved(kernel, other, classes, classes - 1)) {
      return suspect(Fault.LABELS_ONE_DOWN, "in its head's columns");
    }
    return suspect(Fault.HEAD, "");
  }

  private static boolean allZero(float[] values) {
    for (float value : values) {
      if (value != 0) {
        return false;
      }
    }
    return true;
  }

  private static boolean moved(float[] kernel, float[] other, int classes, int by) {
    for (int i = 0; i < kernel.length; i++) {
      int row = i / classes * classes;
      if (kernel[i] != other[row + (i - row + by) % classes]) {
        return false;
      }
    }
    return true;
  }

  private boolean rounded(List<TensorDifference> differences) throws IOException {
    for (TensorDifference difference : differences) {
      if (difference.kind() != TensorDifference.Kind.VALUES) {
        return false;
      }
      float[] one = read(a, difference.name());
      float[] two = read(b, difference.name());
      for (int i = 0; i < one.length; i++) {
        if (Math.abs(one[i] - two[i]) > ROUNDED * Math.abs(one[i]) + 1e-7) {
          return false;
        }
      }
    }
    return true;
  }

  private boolean channelsReversed() throws IOException {
    float[] one = read(a, PublishedNames.ROOT_KERNEL);
    float[] two = read(b, PublishedNames.ROOT_KERNEL);
    int out = a.anatomy().architecture().rootChannels();
    for (int i = 0; i < one.length; i++) {
      int channel = i / out % 3;
      if (one[i] != two[i + (2 - 2 * channel) * out]) {
        return false;
      }
    }
    return true;
  }

  private static float[] read(Reference model, String name) throws IOException {
    Checkpoint weights = model.anatomy().weights();
    TensorInfo info = weights.find(name).orElseThrow();
    ByteBuffer bytes =
        ByteBuffer.allocate(Math.toIntExact(info.byteSize())).order(ByteOrder.LITTLE_ENDIAN);
    weights.read(name, bytes);
    float[] values = new float[bytes.capacity() / Float.BYTES];
    bytes.flip().order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(values);
    return values;
  }
}
