package io.github.tfbit.checkpoints.savedmodel;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One of the graphs in a SavedModel; nearly always there is one.
 *
 * @param tags what it is for, for example {@code serve}; modules for TensorFlow 1 have none
 * @param signatures by name, for example {@code serving_default} or {@code default}
 * @param collections names of TensorFlow 1's collections
 * @param assetNames files in {@code assets/} that the graph names
 * @param inputScaling what it does with the picture first
 */
public record MetaGraph(
    List<String> tags,
    Map<String, Signature> signatures,
    List<String> collections,
    List<String> assetNames,
    InputScaling inputScaling) {
  /** Copies the lists and the map, and keeps their order. */
  public MetaGraph {
    tags = List.copyOf(tags);
    signatures = Collections.unmodifiableMap(new LinkedHashMap<>(signatures));
    collections = List.copyOf(collections);
    assetNames = List.copyOf(assetNames);
  }
}
