package io.github.tfbit.converters.keras;

import io.github.tfbit.checkpoints.TensorInfo;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One weight of a Keras file.
 *
 * @param name in the layer's attribute {@code weight_names}
 * @param info of its dataset
 */
record Weight(String name, TensorInfo info) {
  /** What a weight is, as far as Keras' own name for it says: {@code …/kernel_3:0}. */
  private static final Pattern LAST = Pattern.compile(".*?([a-z]+)(_\\d+)?(:\\d+)?");

  int rank() {
    return info.shape().size();
  }

  /** The part that its name says it is; empty if it says none. */
  Optional<Part> says() {
    Matcher last = LAST.matcher(name.substring(name.lastIndexOf('/') + 1));
    return last.matches() ? Part.of(last.group(1)) : Optional.empty();
  }
}
