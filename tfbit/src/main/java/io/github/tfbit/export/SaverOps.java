package io.github.tfbit.export;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.NdArrays;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.core.VarHandleOp;
import org.tensorflow.op.train.Restore;
import org.tensorflow.proto.SaverDef;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TString;
import org.tensorflow.types.family.TType;

/**
 * The operations that write a graph's resource variables into a SavedModel and read them back.
 * TensorFlow-Java 1.1 makes such operations for reference variables only, and a model exported with
 * resource variables would then load without its weights; so they are made here, under the names
 * that TensorFlow's own saver uses.
 */
final class SaverOps {
  static final String FILENAME = "save/filename";
  static final String SAVE = "save/control_dependency";
  static final String RESTORE = "save/restore_all";

  private SaverOps() {}

  /**
   * Adds the operations to a graph.
   *
   * @param tf the graph's
   * @param handles of the variables, by the key each gets in the file
   * @param types of those that are not float32, by key
   */
  static void add(
      Ops tf, Map<String, VarHandleOp> handles, Map<String, Class<? extends TType>> types) {
    Ops save = tf.withSubScope("save");
    Placeholder<TString> filename =
        save.withName("filename").placeholder(TString.class, Placeholder.shape(Shape.scalar()));
    List<String> keys = List.copyOf(handles.keySet());
    Operand<TString> names = save.constant(NdArrays.vectorOfObjects(keys.toArray(String[]::new)));
    Operand<TString> slices =
        save.constant(NdArrays.vectorOfObjects(keys.stream().map(k -> "").toArray(String[]::new)));

    List<Operand<?>> values = new ArrayList<>();
    handles.forEach((k, h) -> values.add(save.readVariableOp(h, type(types, k))));
    Op saved = save.train.save(filename, names, slices, values);
    save.withControlDependencies(List.of(saved)).withName("control_dependency").identity(filename);

    List<Class<? extends TType>> restoredTypes = new ArrayList<>();
    keys.forEach(k -> restoredTypes.add(type(types, k)));
    Restore restored = save.train.restore(filename, names, slices, restoredTypes);
    List<Op> assigned = new ArrayList<>();
    int i = 0;
    for (VarHandleOp handle : handles.values()) {
      assigned.add(save.assignVariableOp(handle, restored.tensors().get(i++)));
    }
    save.withControlDependencies(assigned).withName("restore_all").noOp();
  }

  private static Class<? extends TType> type(
      Map<String, Class<? extends TType>> types, String key) {
    return types.getOrDefault(key, TFloat32.class);
  }

  /** How the loader finds them. */
  static SaverDef toProto() {
    return SaverDef.newBuilder()
        .setFilenameTensorName(FILENAME + ":0")
        .setSaveTensorName(SAVE + ":0")
        .setRestoreOpName(RESTORE)
        .setVersion(SaverDef.CheckpointFormatVersion.V2)
        .build();
  }
}
