package io.github.tfbit.converters.keras;

import io.github.tfbit.checkpoints.CheckpointException.Mismatch;
import io.github.tfbit.checkpoints.Problem;
import io.github.tfbit.checkpoints.TensorInfo;
import io.github.tfbit.checkpoints.hdf5.Hdf5Reader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The weights of a Keras file in the order of the model: the layers of {@code layer_names}, and in
 * each the datasets of {@code weight_names} (keras/saving/hdf5_format.py,
 * save_weights_to_hdf5_group at v2.3). Layers without weights, such as {@code re_lu_48}, contribute
 * none.
 */
final class WeightList {
  private static final String LAYERS = "layer_names";
  private static final String WEIGHTS = "weight_names";

  /** Where {@code model.save} puts what {@code save_weights} puts into the root group. */
  private static final String WHOLE_MODEL = "model_weights";

  private WeightList() {}

  static List<Weight> of(Hdf5Reader file) throws IOException {
    String root = "";
    List<String> layers = names(file, root, LAYERS);
    if (layers.isEmpty()) {
      root = WHOLE_MODEL + "/";
      layers = names(file, WHOLE_MODEL, LAYERS);
    }
    if (layers.isEmpty()) {
      throw notKeras(file);
    }
    List<Weight> weights = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    for (String layer : layers) {
      for (String weight : names(file, root + layer, WEIGHTS)) {
        String path = root + layer + "/" + weight;
        if (!seen.add(path)) {
          throw mismatch(file, "each weight once", "'" + path + "' twice");
        }
        weights.add(new Weight(weight, find(file, path)));
      }
    }
    return weights;
  }

  private static TensorInfo find(Hdf5Reader file, String path) throws Mismatch {
    Optional<TensorInfo> info = file.find(path);
    if (info.isEmpty()) {
      throw mismatch(file, "the dataset '" + path + "' that its layer names", "no such dataset");
    }
    return info.get();
  }

  /** An attribute that Keras cuts into {@code NAME0}, {@code NAME1}, … when it is above 64 kB. */
  private static List<String> names(Hdf5Reader file, String object, String attribute)
      throws IOException {
    List<String> whole = file.strings(object, attribute);
    if (!whole.isEmpty()) {
      return whole;
    }
    List<String> all = new ArrayList<>();
    List<String> piece = file.strings(object, attribute + 0);
    for (int i = 1; !piece.isEmpty(); i++) {
      all.addAll(piece);
      piece = file.strings(object, attribute + i);
    }
    return all;
  }

  private static Mismatch notKeras(Hdf5Reader file) {
    List<TensorInfo> tensors = file.tensors();
    String first = tensors.isEmpty() ? "" : ", the first '" + tensors.get(0).name() + "'";
    return mismatch(
        file,
        "weights that Keras 2 saved: an attribute '" + LAYERS + "'",
        "no such attribute, and " + tensors.size() + " datasets" + first);
  }

  static Mismatch mismatch(Hdf5Reader file, String expected, String found) {
    return new Mismatch(
        new Problem(
            expected,
            found,
            file.source(),
            "this is no file of BiT weights as bit_tf2 saves them; name another"));
  }
}
