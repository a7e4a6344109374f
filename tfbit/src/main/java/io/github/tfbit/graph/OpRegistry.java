package io.github.tfbit.graph;

import com.google.protobuf.InvalidProtocolBufferException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tensorflow.internal.c_api.TF_Buffer;
import org.tensorflow.internal.c_api.global.tensorflow;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.OpDef;
import org.tensorflow.proto.OpList;

/** TensorFlow's operations as its own registry describes them. */
public final class OpRegistry {
  /** More outputs than any node has: a number in a file is not believed. */
  private static final long MOST_OUTPUTS = 100_000;

  private final Map<String, OpDef> ops = new HashMap<>();
  private final Map<String, Map<String, AttrValue>> defaults = new HashMap<>();

  private OpRegistry(OpList list) {
    for (OpDef op : list.getOpList()) {
      Map<String, AttrValue> of = new HashMap<>();
      op.getAttrList().stream()
          .filter(OpDef.AttrDef::hasDefaultValue)
          .forEach(a -> of.put(a.getName(), a.getDefaultValue()));
      ops.put(op.getName(), op);
      defaults.put(op.getName(), of);
    }
  }

  /**
   * Those of this process's TensorFlow.
   *
   * @return all operations
   */
  public static OpRegistry known() {
    TensorFlowRuntime.prepare();
    try (TF_Buffer buffer = tensorflow.TF_GetAllOpList()) {
      return new OpRegistry(OpList.parseFrom(buffer.dataAsByteBuffer()));
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("TensorFlow's list of operations cannot be read", e);
    }
  }

  /**
   * Whether there is an operation.
   *
   * @param op its kind
   * @return false for a function of a graph's library
   */
  public boolean isKnown(String op) {
    return ops.containsKey(op);
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
    return value.equals(defaults.getOrDefault(op, Map.of()).get(attribute));
  }

  /**
   * The element types of a node's outputs.
   *
   * @param node of any graph
   * @return one per output, in their order; empty if the operation is not known or an attribute
   *     that says a type is missing
   */
  public Optional<List<DataType>> outputs(NodeDef node) {
    OpDef op = ops.get(node.getOp());
    if (op == null) {
      return Optional.empty();
    }
    List<DataType> types = new ArrayList<>();
    for (OpDef.ArgDef output : op.getOutputArgList()) {
      if (!output.getTypeListAttr().isEmpty()) {
        types.addAll(value(node, output.getTypeListAttr()).getList().getTypeList());
        continue;
      }
      DataType type =
          output.getTypeAttr().isEmpty()
              ? output.getType()
              : value(node, output.getTypeAttr()).getType();
      long count =
          output.getNumberAttr().isEmpty() ? 1 : value(node, output.getNumberAttr()).getI();
      if (type == DataType.DT_INVALID || count < 0 || types.size() + count > MOST_OUTPUTS) {
        return Optional.empty();
      }
      types.addAll(Collections.nCopies((int) count, type));
    }
    return Optional.of(types);
  }

  private AttrValue value(NodeDef node, String attribute) {
    AttrValue said = node.getAttrMap().get(attribute);
    return said != null
        ? said
        : defaults
            .getOrDefault(node.getOp(), Map.of())
            .getOrDefault(attribute, AttrValue.getDefaultInstance());
  }
}
