package io.github.tfbit.graph;

import io.github.tfbit.checkpoints.Checkpoint;
import io.github.tfbit.checkpoints.CheckpointException;
import io.github.tfbit.checkpoints.Finite;
import io.github.tfbit.checkpoints.TensorInfo;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.core.VarHandleOp;
import org.tensorflow.types.TFloat32;

/**
 * How variables get their values from a checkpoint and give them to one. They enter through
 * placeholders, a bounded number of bytes at a time and none of them on the heap.
 */
public final class StoredVariables {
  /**
   * How much is assigned in one run. TensorFlow prepares and keeps an executor for every set of ops
   * that is run, 30 ms for each variable on its own; the tensors of a group exist at once.
   */
  private static final long GROUP_BYTES = 128L << 20;

  private final List<Slot> slots = new ArrayList<>();

  private record Slot(
      TensorInfo info, Placeholder<TFloat32> feed, Op assign, Operand<TFloat32> value) {}

  /**
   * What a tensor's value goes through on its way into a variable.
   *
   * @param info the tensor
   * @return its shape for TensorFlow
   */
  static Shape shape(TensorInfo info) {
    return Shape.of(info.shape().stream().mapToLong(Integer::longValue).toArray());
  }

  /**
   * Adds a variable that takes values as they are.
   *
   * @param tf where the ops go
   * @param info name and shape in checkpoints
   * @param handle of the variable
   */
  public void add(Ops tf, TensorInfo info, VarHandleOp handle) {
    Placeholder<TFloat32> feed = tf.placeholder(TFloat32.class, Placeholder.shape(shape(info)));
    Op assign = tf.assignVariableOp(handle, feed);
    add(info, feed, assign, tf.readVariableOp(handle, TFloat32.class));
  }

  void add(TensorInfo info, Placeholder<TFloat32> feed, Op assign, Operand<TFloat32> value) {
    slots.add(new Slot(info, feed, assign, value));
  }

  /**
   * What the variables are.
   *
   * @return name and shape of each, in the order in which they were added
   */
  public List<TensorInfo> tensors() {
    return slots.stream().map(Slot::info).toList();
  }

  /**
   * Assigns every variable.
   *
   * @param session of the graph that the variables are in
   * @param from where the tensor of a name is read
   * @throws CheckpointException if one is corrupt, or holds NaN or infinity; some variables are
   *     assigned by then
   * @throws IOException if reading fails
   */
  public void assign(Session session, Function<String, Checkpoint> from) throws IOException {
    List<Slot> group = new ArrayList<>();
    long bytes = 0;
    for (Slot slot : slots) {
      if (bytes + slot.info().byteSize() > GROUP_BYTES && !group.isEmpty()) {
        assign(session, group, from);
        group.clear();
        bytes = 0;
      }
      group.add(slot);
      bytes += slot.info().byteSize();
    }
    assign(session, group, from);
  }

  private static void assign(Session session, List<Slot> group, Function<String, Checkpoint> from)
      throws IOException {
    List<TFloat32> values = new ArrayList<>();
    try {
      Session.Runner runner = session.runner();
      for (Slot slot : group) {
        TFloat32 value = TFloat32.tensorOf(shape(slot.info()));
        values.add(value);
        read(from.apply(slot.info().name()), slot.info().name(), value);
        runner.feed(slot.feed(), value).addTarget(slot.assign());
      }
      runner.run().close();
    } finally {
      values.forEach(TFloat32::close);
    }
  }

  private static void read(Checkpoint from, String name, TFloat32 target) throws IOException {
    ByteBuffer memory = Tensors.memory(target);
    from.read(name, memory.duplicate());
    Finite.require(from, name, memory);
  }

  /**
   * The values as they are now. They share memory with the variables until those change.
   *
   * @param session of the graph that the variables are in
   * @return the values at the time of this call; the caller closes it
   */
  public Checkpoint snapshot(Session session) {
    Session.Runner runner = session.runner();
    slots.forEach(s -> runner.fetch(s.value()));
    return new Snapshot(tensors(), runner.run());
  }
}
