package io.github.tfbit.converters;

import io.github.tfbit.checkpoints.Checkpoint;
import io.github.tfbit.checkpoints.CheckpointException.Mismatch;
import io.github.tfbit.checkpoints.DType;
import io.github.tfbit.checkpoints.Problem;
import io.github.tfbit.checkpoints.TensorInfo;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How the tensors of a file and of a model differ, in words, each list in its own order.
 *
 * @param onlyInFile names and shapes
 * @param onlyInModel names and shapes
 * @param shapes sentences about tensors of other shapes
 * @param dtypes sentences about tensors of other element types
 */
record Difference(
    List<String> onlyInFile, List<String> onlyInModel, List<String> shapes, List<String> dtypes) {

  static Difference of(Checkpoint file, List<TensorInfo> model, List<String> ignored) {
    Map<String, TensorInfo> needed = new LinkedHashMap<>();
    model.forEach(t -> needed.put(t.name(), t));
    needed.keySet().removeAll(ignored);
    Difference d =
        new Difference(new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    for (TensorInfo t : file.tensors()) {
      if (ignored.contains(t.name())) {
        continue;
      }
      TensorInfo n = needed.remove(t.name());
      if (n == null) {
        d.onlyInFile.add(t.name() + " " + t.shape());
      } else if (!n.shape().equals(t.shape())) {
        d.shapes.add("'" + t.name() + "' is " + t.shape() + ", the model needs " + n.shape());
      } else if (n.dtype() != t.dtype()) {
        d.dtypes.add("'" + t.name() + "' is " + t.dtype() + ", the model needs " + n.dtype());
      }
    }
    needed.values().forEach(n -> d.onlyInModel.add(n.name() + " " + n.shape()));
    return d;
  }

  boolean isEmpty(boolean dtypesMatter) {
    return onlyInFile.isEmpty()
        && onlyInModel.isEmpty()
        && shapes.isEmpty()
        && (dtypes.isEmpty() || !dtypesMatter);
  }

  Mismatch mismatch(String where, String expected, boolean dtypesMatter) {
    List<String> lines = new ArrayList<>();
    onlyInFile.forEach(s -> lines.add("+ only in the file: " + s));
    onlyInModel.forEach(s -> lines.add("- only in the model: " + s));
    shapes.forEach(s -> lines.add("tensor " + s));
    boolean onlyDtypes = lines.isEmpty();
    if (dtypesMatter) {
      dtypes.forEach(s -> lines.add("tensor " + s));
    }
    String found =
        lines.size() == 1
            ? lines.get(0)
            : lines.size() + " differences:\n  " + String.join("\n  ", lines) + "\n";
    return new Mismatch(new Problem(expected, found, where, remedy(onlyDtypes)));
  }

  private static String remedy(boolean onlyDtypes) {
    return onlyDtypes
        ? "convert the file to " + DType.FLOAT32 + ", or ask for conversion while loading"
        : "nothing was loaded; choose the file or the model so that they match";
  }
}
