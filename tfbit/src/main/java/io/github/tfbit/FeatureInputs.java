package io.github.tfbit;

import io.github.tfbit.data.ImageDataset;
import io.github.tfbit.features.FeatureFile;
import io.github.tfbit.train.FeatureBatches;
import io.github.tfbit.train.MicroBatches;
import java.util.IdentityHashMap;
import java.util.Objects;

/** What the part of the network that does not learn makes of pictures, computed before. */
final class FeatureInputs implements RunInputs {
  private final Settings settings;
  private final IdentityHashMap<ImageDataset, FeatureFile> features = new IdentityHashMap<>();

  FeatureInputs(Settings settings) {
    this.settings = settings;
  }

  /** The features of one of the data sets. */
  void put(ImageDataset data, FeatureFile of) {
    features.put(data, of);
  }

  @Override
  public MicroBatches train(ImageDataset data, Extent extent, int firstStep) {
    return new FeatureBatches(
        of(data), data, settings.loss(), RunInputs.cut(settings, data, extent), firstStep);
  }

  @Override
  public MicroBatches once(ImageDataset data, int microBatch) {
    return new FeatureBatches(
        of(data), data, settings.loss(), RunInputs.onceEach(data, microBatch), 0);
  }

  private FeatureFile of(ImageDataset data) {
    return Objects.requireNonNull(features.get(data), "features of the data set");
  }
}
