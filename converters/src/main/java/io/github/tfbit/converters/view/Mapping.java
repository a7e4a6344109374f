package io.github.tfbit.converters.view;

import io.github.tfbit.checkpoints.TensorInfo;
import java.util.List;
import java.util.Objects;

/**
 * Where a view has one of its tensors from.
 *
 * @param info name, element type and shape in the view
 * @param original its name in the checkpoint behind the view
 * @param axes how its elements are turned
 * @param hwio the kernel's dimensions in TensorFlow's order, whichever side has that; empty for
 *     what is not turned
 */
public record Mapping(TensorInfo info, String original, Axes axes, List<Integer> hwio) {
  /** Refuses a turned tensor that is no kernel. */
  public Mapping {
    Objects.requireNonNull(info, "info");
    Objects.requireNonNull(original, "original");
    hwio = List.copyOf(hwio);
    if (hwio.size() != (axes == Axes.AS_THEY_ARE ? 0 : 4)) {
      throw new IllegalArgumentException(
          "expected the four dimensions of a turned kernel, found " + hwio + " for " + info);
    }
  }

  /**
   * A tensor under another name.
   *
   * @param tensor as it is in the checkpoint behind the view
   * @param name in the view
   * @return the mapping
   */
  public static Mapping renamed(TensorInfo tensor, String name) {
    return reshaped(tensor, name, tensor.shape());
  }

  /**
   * A tensor under another name and with its dimensions spelled otherwise.
   *
   * @param tensor as it is in the checkpoint behind the view
   * @param name in the view
   * @param shape in the view, of as many elements
   * @return the mapping
   */
  public static Mapping reshaped(TensorInfo tensor, String name, List<Integer> shape) {
    TensorInfo info = new TensorInfo(name, tensor.dtype(), shape);
    return new Mapping(info, tensor.name(), Axes.AS_THEY_ARE, List.of());
  }

  /**
   * One after the other; null if the two turns do not cancel out.
   *
   * @param next a mapping of a view of this one's view
   */
  Mapping then(Mapping next) {
    Axes both = axes.then(next.axes);
    if (both == null) {
      return null;
    }
    List<Integer> kernel = both == Axes.AS_THEY_ARE ? List.of() : hwio.isEmpty() ? next.hwio : hwio;
    return new Mapping(next.info, original, both, kernel);
  }
}
