package io.github.tfbit.converters;

import io.github.tfbit.checkpoints.savedmodel.MetaGraph;
import io.github.tfbit.checkpoints.savedmodel.SavedModel;

/** Which input range a SavedModel's graph wants: Google's modules scale inside, others do not. */
final class SavedModelRange {
  /** The signature by which this project's exports are known; its pictures are in [-1, 1]. */
  private static final String OURS = "images";

  private SavedModelRange() {}

  /** Whether this project exported it for serving. */
  static boolean isExport(SavedModel model) {
    return !model.graphs().isEmpty() && model.serving().signatures().containsKey(OURS);
  }

  static InputRange of(SavedModel model) {
    if (model.graphs().isEmpty()) {
      return variablesAlone();
    }
    MetaGraph graph = model.serving();
    if (graph.signatures().isEmpty()) {
      return variablesAlone();
    }
    if (isExport(model)) {
      return InputRange.symmetric("an export of tfbit: its signature 'images' takes [-1, 1]");
    }
    return switch (graph.inputScaling()) {
      case SCALED_INSIDE -> InputRange.unit("the module's graph computes 2x - 1 first");
      case NOT_SCALED -> InputRange.symmetric("the module's graph takes pictures as they are");
      case UNKNOWN ->
          InputRange.unit("assumed: Google's modules take [0, 1]; its graph does not tell");
    };
  }

  private static InputRange variablesAlone() {
    return InputRange.symmetric("variables alone, no graph; BiT was trained on [-1, 1]");
  }
}
