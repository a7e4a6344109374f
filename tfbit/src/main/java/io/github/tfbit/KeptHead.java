package io.github.tfbit;

import io.github.tfbit.checkpoints.Checkpoint;
import io.github.tfbit.checkpoints.Problem;
import io.github.tfbit.checkpoints.TensorInfo;
import io.github.tfbit.converters.PublishedNames;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;

/**
 * An earlier head under a new class list: the rows of classes that both know, zero for the others.
 *
 * @param from for each new class the earlier one's index, or -1
 * @param kept names of the classes that go on
 * @param added names of the classes that start at zero
 * @param dropped names of the classes that the new list does not have
 */
record KeptHead(List<Integer> from, List<String> kept, List<String> added, List<String> dropped) {
  private static final int NAMED = 5;

  KeptHead {
    from = List.copyOf(from);
    kept = List.copyOf(kept);
    added = List.copyOf(added);
    dropped = List.copyOf(dropped);
  }

  /**
   * Matches classes by name; by number where the earlier ones have no names and are as many.
   *
   * @throws TrainingException if there is no head, or no class that both know
   */
  static KeptHead of(Checkpoint upstream, Labels earlier, List<String> classes)
      throws TrainingException {
    if (upstream.find(PublishedNames.HEAD_KERNEL).isEmpty()) {
      throw refused(upstream, "a head to keep", "a backbone alone", "leave out --head keep");
    }
    boolean unnamed = earlier.knowledge() == Labels.Knowledge.UNKNOWN;
    if (unnamed && earlier.size() != classes.size()) {
      throw refused(
          upstream,
          "an earlier head with names, or as many classes as the data: " + classes.size(),
          earlier.size() + " classes without names",
          "leave out --head keep, or start from the run that trained it");
    }
    List<String> names = unnamed ? classes : earlier.names();
    Map<String, Integer> index = new HashMap<>();
    for (int i = 0; i < names.size(); i++) {
      index.putIfAbsent(names.get(i), i);
    }
    List<Integer> from = classes.stream().map(c -> index.getOrDefault(c, -1)).toList();
    List<String> kept = classes.stream().filter(index::containsKey).toList();
    if (kept.isEmpty()) {
      throw refused(
          upstream,
          "a class that the earlier head knows, such as " + names.get(0),
          first(classes),
          "name the classes as the model's labels, or leave out --head keep");
    }
    return new KeptHead(
        from,
        kept,
        classes.stream().filter(c -> !index.containsKey(c)).toList(),
        names.stream().filter(n -> !classes.contains(n)).toList());
  }

  /** The head's kernel and bias under the new class list; the upstream stays its owner's. */
  Checkpoint over(Checkpoint upstream) {
    return new View(upstream, this);
  }

  private record View(Checkpoint upstream, KeptHead head) implements Checkpoint {
    @Override
    public String source() {
      return upstream.source();
    }

    @Override
    public List<TensorInfo> tensors() {
      List<TensorInfo> tensors = new ArrayList<>();
      for (TensorInfo t : upstream.tensors()) {
        if (t.name().equals(PublishedNames.HEAD_KERNEL)
            || t.name().equals(PublishedNames.HEAD_BIAS)) {
          List<Integer> shape = new ArrayList<>(t.shape());
          shape.set(shape.size() - 1, head.from().size());
          tensors.add(new TensorInfo(t.name(), t.dtype(), shape));
        }
      }
      return tensors;
    }

    @Override
    public void read(String name, ByteBuffer target) throws IOException {
      TensorInfo now = find(name).orElseThrow(() -> new NoSuchElementException(name));
      FloatBuffer earlier = upstream.bytes(name).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
      int columns = head.from().size();
      int rows = Math.toIntExact(now.elements() / columns);
      int width = earlier.remaining() / rows;
      ByteOrder order = target.order();
      target.order(ByteOrder.LITTLE_ENDIAN);
      for (int r = 0; r < rows; r++) {
        for (int column : head.from()) {
          target.putFloat(column < 0 ? 0 : earlier.get(r * width + column));
        }
      }
      target.order(order);
    }

    @Override
    public ByteBuffer bytes(String name) throws IOException {
      TensorInfo info = find(name).orElseThrow(() -> new NoSuchElementException(name));
      ByteBuffer made = ByteBuffer.allocate(Math.toIntExact(info.byteSize()));
      read(name, made);
      return made.flip().asReadOnlyBuffer().order(ByteOrder.LITTLE_ENDIAN);
    }

    @Override
    public void close() {
      // The upstream is its owner's.
    }
  }

  private static TrainingException refused(
      Checkpoint upstream, String expected, String found, String remedy) {
    return new TrainingException(new Problem(expected, found, upstream.source(), remedy));
  }

  private static String first(List<String> names) {
    String first = String.join(", ", names.subList(0, Math.min(NAMED, names.size())));
    return names.size() > NAMED ? first + ", …" : first;
  }

  private static String part(String what, List<String> names) {
    return names.isEmpty() ? "" : "; " + what + " " + names.size() + " (" + first(names) + ")";
  }

  /** A sentence for the plan. */
  @Override
  public String toString() {
    return "the head goes on: kept "
        + (kept.size() + " (" + first(kept) + ")")
        + part("at zero", added)
        + part("dropped", dropped);
  }
}
