package io.github.tfbit.checkpoints.savedmodel;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A function that a SavedModel offers.
 *
 * @param inputs by their argument names
 * @param outputs by their result names
 */
public record Signature(Map<String, TensorSpec> inputs, Map<String, TensorSpec> outputs) {
  /** Copies both maps and keeps their order. */
  public Signature {
    inputs = Collections.unmodifiableMap(new LinkedHashMap<>(inputs));
    outputs = Collections.unmodifiableMap(new LinkedHashMap<>(outputs));
  }
}
