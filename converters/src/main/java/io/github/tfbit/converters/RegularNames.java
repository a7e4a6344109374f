package io.github.tfbit.converters;

import static io.github.tfbit.checkpoints.CheckpointException.corrupt;

import io.github.tfbit.checkpoints.Checkpoint;
import io.github.tfbit.checkpoints.TensorInfo;
import io.github.tfbit.converters.view.MappedCheckpoint;
import io.github.tfbit.converters.view.Mapping;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * A checkpoint under regular names: some published files number their convolutions. The rule is
 * that of big_vision's loader (models/bit.py at 0127fb6b).
 */
final class RegularNames {
  private static final Pattern NUMBERED = Pattern.compile("/standardized_conv2d_\\d+/");

  private RegularNames() {}

  /** The checkpoint itself if all its names are regular. */
  static Checkpoint of(Checkpoint original) throws IOException {
    Map<String, Mapping> mappings = new LinkedHashMap<>();
    boolean regular = true;
    for (TensorInfo t : original.tensors()) {
      String name = NUMBERED.matcher(t.name()).replaceAll("/standardized_conv2d/");
      Mapping before = mappings.put(name, Mapping.renamed(t, name));
      if (before != null) {
        throw corrupt(
            original.source(),
            "one tensor '" + name + "'",
            "two that mean it, '" + before.original() + "' and '" + t.name() + "'");
      }
      regular &= name.equals(t.name());
    }
    return regular ? original : MappedCheckpoint.of(original, List.copyOf(mappings.values()));
  }
}
