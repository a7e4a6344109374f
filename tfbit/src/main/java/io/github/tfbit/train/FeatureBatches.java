package io.github.tfbit.train;

import io.github.tfbit.converters.Activation;
import io.github.tfbit.data.ImageDataset;
import io.github.tfbit.features.FeatureFile;
import io.github.tfbit.graph.Tensors;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.types.TFloat32;

/**
 * Micro-batches of features that were computed before, read from their file as they are asked for:
 * a row costs a copy, so nothing runs ahead.
 */
public final class FeatureBatches implements MicroBatches {
  private final FeatureFile features;
  private final ImageDataset data;
  private final Activation activation;
  private final PictureOrder order;
  private final int microBatch;
  private int step;
  private int from;

  /**
   * Starts at a step.
   *
   * @param features a row for each picture; stays the caller's, open until this is closed
   * @param data the pictures, for their labels
   * @param activation of the loss; softmax needs exactly one label a picture
   * @param cut the order and the parts; without MixUp
   * @param firstStep to begin at
   */
  public FeatureBatches(
      FeatureFile features,
      ImageDataset data,
      Activation activation,
      InputPipeline.Cut cut,
      int firstStep) {
    if (features.rows() != data.size() || cut.mixUp().isPresent()) {
      throw new IllegalArgumentException(
          "expected a row for each of "
              + data.size()
              + " pictures and no MixUp, found "
              + features);
    }
    this.features = features;
    this.data = data;
    this.activation = activation;
    this.order = cut.order();
    this.microBatch = cut.microBatch();
    this.step = firstStep;
  }

  @Override
  public Optional<MicroBatch> next() throws IOException {
    if (step >= order.steps()) {
      return Optional.empty();
    }
    int[] sources = order.sources(step);
    int[] part = Arrays.copyOfRange(sources, from, Math.min(sources.length, from + microBatch));
    MicroBatch batch = read(part);
    from += microBatch;
    if (from >= sources.length) {
      batch.endsStep();
      from = 0;
      step++;
    }
    return Optional.of(batch);
  }

  private MicroBatch read(int[] rows) throws IOException {
    List<int[]> classes = new ArrayList<>();
    List<String> ids = new ArrayList<>();
    for (int row : rows) {
      classes.add(data.labels(row));
      ids.add("picture " + row + " of the data set");
    }
    float[] labels = LabelRows.of(ids, classes, data.classes().size(), activation);
    long[] shape = new long[features.shape().size() + 1];
    shape[0] = rows.length;
    for (int d = 1; d < shape.length; d++) {
      shape[d] = features.shape().get(d - 1);
    }
    TFloat32 inputs = TFloat32.tensorOf(Shape.of(shape));
    FloatBuffer memory = Tensors.memory(inputs).asFloatBuffer();
    for (int row : rows) {
      features.read(row, memory);
    }
    Shape labelled = Shape.of(rows.length, data.classes().size());
    return new MicroBatch(
        inputs, TFloat32.tensorOf(labelled, DataBuffers.of(labels)), classes, inputs::close);
  }

  @Override
  public void close() {
    // The file is its owner's.
  }
}
