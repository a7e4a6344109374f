package io.github.tfbit.graph;

import com.google.protobuf.InvalidProtocolBufferException;
import java.util.HashMap;
import java.util.Map;
import org.tensorflow.internal.c_api.TF_Buffer;
import org.tensorflow.internal.c_api.global.tensorflow;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.OpDef;
import org.tensorflow.proto.OpList;

/**
 * The values that TensorFlow's operations give their attributes where nobody says otherwise, by its
 * own registry.
 */
public final class OpDefaults {
  private final Map<String, Map<String, AttrValue>> values = new HashMap<>();

  private OpDefaults(OpList ops) {
    for (OpDef op : ops.getOpList()) {
      Map<String, AttrValue> of = new HashMap<>();
      op.getAttrList().stream()
          .filter(OpDef.AttrDef::hasDefaultValue)
          .forEach(a -> of.put(a.getName(), a.getDefaultValue()));
      values.put(op.getName(), of);
    }
  }

  /**
   * Those of this process's TensorFlow.
   *
   * @return all operations'
   */
  public static OpDefaults known() {
    TensorFlowRuntime.prepare();
    try (TF_Buffer buffer = tensorflow.TF_GetAllOpList()) {
      return new OpDefaults(OpList.parseFrom(buffer.dataAsByteBuffer()));
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("TensorFlow's list of operations cannot be read", e);
    }
  }

  /**
   * Whether an attribute need not be said.
   *
   * @param op kind of operation
   * @param attribute its name
   * @param value that it has
   * @return false too if the operation or its attribute is not known
   */
  public boolean isDefault(String op, String attribute, AttrValue value) {
    return value.equals(values.getOrDefault(op, Map.of()).get(attribute));
  }
}
