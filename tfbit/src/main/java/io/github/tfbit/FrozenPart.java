package io.github.tfbit;

import io.github.tfbit.checkpoints.Checkpoint;
import io.github.tfbit.converters.Architecture;
import io.github.tfbit.converters.ContentId;
import io.github.tfbit.data.ImageDataset;
import io.github.tfbit.data.ImageSize;
import io.github.tfbit.features.FeatureCache;
import io.github.tfbit.features.FeatureFile;
import io.github.tfbit.features.FeatureKey;
import io.github.tfbit.graph.Endpoint;
import io.github.tfbit.graph.SessionOptions;
import io.github.tfbit.image.Decoding;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The part of a network that does not learn: computed once for each picture, as an evaluation sees
 * it, and kept in a cache.
 *
 * @param upstream its weights
 * @param architecture of the whole network
 * @param cut its last endpoint
 * @param side that pictures are resized to
 * @param decoding what a file's pixels are taken to be
 * @param session threads and device
 */
record FrozenPart(
    Checkpoint upstream,
    Architecture architecture,
    Endpoint cut,
    int side,
    Decoding decoding,
    SessionOptions session) {
  /** Told of rows that are done. */
  interface Watcher {
    /** So many of so many; throws to end it. */
    void done(int rows, int of);
  }

  /** What a plan says of it. */
  static String note(Endpoint cut, int side) {
    String what =
        cut == Endpoint.PRE_LOGITS
            ? "only the head learns"
            : "only what follows " + cut.layer() + " learns";
    return what
        + (", from features that are computed once, of pictures as an evaluation sees them: at "
            + side)
        + " px, without crop, flip and MixUp";
  }

  /** The features of a data set. */
  FeatureFile features(FeatureCache cache, ImageDataset data, Watcher watcher) throws IOException {
    FeatureKey key = FeatureKey.of(facts(), data);
    int multiple = MicroBatch.of(architecture, ImageSize.square(side));
    return cache.get(
        key,
        data.size(),
        shape(),
        multiple,
        (from, rows) -> {
          try (BitModel model = open()) {
            model.rows(
                data,
                from,
                cut,
                (at, failures, values) -> {
                  FeatureRows.requireAll(failures);
                  rows.add(values.values());
                  watcher.done(from + at + failures.size(), data.size());
                });
          }
        });
  }

  /** Whether they are in the cache already. */
  boolean isCached(FeatureCache cache, ImageDataset data) throws IOException {
    return cache.find(FeatureKey.of(facts(), data)).isPresent();
  }

  /** The network that computes them. */
  BitModel open() throws IOException {
    return BitModel.builder(upstream)
        .architecture(architecture)
        .size(ImageSize.square(side))
        .decoding(decoding)
        .device(session.device())
        .threads(session.threads())
        .build();
  }

  private Map<String, String> facts() throws IOException {
    int threads = session.threads();
    Map<String, String> facts = new TreeMap<>();
    facts.put("content_id", ContentId.of(upstream).id());
    facts.put(
        "architecture",
        architecture.units() + " " + architecture.rootChannels() + " " + architecture.groups());
    facts.put("endpoint", cut.layer());
    facts.put("side", String.valueOf(side));
    facts.put("decoding", decoding.toString());
    facts.put("device", session.device().toString());
    facts.put(
        "threads",
        String.valueOf(threads == 0 ? Runtime.getRuntime().availableProcessors() : threads));
    facts.putAll(Versions.all());
    return facts;
  }

  /** The shape of one row: what the endpoint says, each halving rounded up. */
  List<Integer> shape() {
    int channels =
        switch (cut) {
          case ROOT_BLOCK -> architecture.rootChannels();
          case BLOCK1 -> architecture.outputChannels(1);
          case BLOCK2 -> architecture.outputChannels(2);
          case BLOCK3 -> architecture.outputChannels(3);
          case BLOCK4, PRE_LOGITS -> architecture.features();
          case LOGITS -> throw new IllegalArgumentException("nothing learns after the logits");
        };
    if (cut == Endpoint.PRE_LOGITS) {
      return List.of(channels);
    }
    int cells = side;
    for (int stride = cut.stride(); stride > 1; stride /= 2) {
      cells = (cells + 1) / 2;
    }
    return new ArrayList<>(Arrays.asList(cells, cells, channels));
  }
}
