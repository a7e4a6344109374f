package io.github.tfbit.cli.inspect;

import io.github.tfbit.cli.console.Text;
import io.github.tfbit.converters.Layout;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Whether a file's ending promises another form than its bytes are. */
final class Ending {
  private static final Map<String, Set<Layout>> PROMISED =
      Map.of(
          ".npz", EnumSet.of(Layout.NPZ),
          ".h5", EnumSet.of(Layout.KERAS_H5),
          ".hdf5", EnumSet.of(Layout.KERAS_H5),
          ".safetensors", EnumSet.of(Layout.TIMM_SAFETENSORS, Layout.HF_SAFETENSORS));

  private Ending() {}

  static Optional<String> defect(Path path, Layout found) {
    String name = String.valueOf(path.getFileName()).toLowerCase(Locale.ROOT);
    return PROMISED.entrySet().stream()
        .filter(e -> name.endsWith(e.getKey()) && !e.getValue().contains(found))
        .map(e -> Text.of("the name ends in %s, the bytes are %s", e.getKey(), found.title()))
        .findFirst();
  }
}
