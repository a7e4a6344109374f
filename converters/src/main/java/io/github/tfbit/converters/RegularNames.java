package io.github.tfbit.converters;

import io.github.tfbit.checkpoints.Checkpoint;
import io.github.tfbit.checkpoints.TensorInfo;
import io.github.tfbit.converters.view.Mapping;
import io.github.tfbit.converters.view.Renaming;
import java.io.IOException;
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
    Renaming renaming = new Renaming(original);
    boolean regular = true;
    for (TensorInfo t : original.tensors()) {
      String name = NUMBERED.matcher(t.name()).replaceAll("/standardized_conv2d/");
      renaming.add(Mapping.renamed(t, name));
      regular &= name.equals(t.name());
    }
    return regular ? original : renaming.view();
  }
}
