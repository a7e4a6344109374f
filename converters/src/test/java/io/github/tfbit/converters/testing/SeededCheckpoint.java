package io.github.tfbit.converters.testing;

import io.github.tfbit.checkpoints.Checkpoint;
import io.github.tfbit.checkpoints.TensorInfo;
import io.github.tfbit.converters.Architecture;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;

/** A whole network of {@link SeededTensors}, generated when asked for; nothing to close. */
public final class SeededCheckpoint implements Checkpoint {
  private record Range(double lo, double hi) {}

  private final String source;
  private final long seed;
  private final Map<String, TensorInfo> tensors = new LinkedHashMap<>();

  private SeededCheckpoint(String source, List<TensorInfo> tensors, long seed) {
    this.source = source;
    this.seed = seed;
    tensors.forEach(t -> this.tensors.put(t.name(), t));
  }

  /**
   * The seeded weights of a network.
   *
   * @param architecture decides names and shapes
   * @param classes of the head; 0 for none
   * @param seed decides the values
   * @return its checkpoint, in forward order
   */
  public static SeededCheckpoint of(Architecture architecture, int classes, long seed) {
    String source = "seeded " + architecture.name() + ", " + classes + " classes, seed " + seed;
    return new SeededCheckpoint(source, architecture.tensors(classes), seed);
  }

  @Override
  public String source() {
    return source;
  }

  @Override
  public List<TensorInfo> tensors() {
    return List.copyOf(tensors.values());
  }

  @Override
  public Optional<TensorInfo> find(String name) {
    return Optional.ofNullable(tensors.get(name));
  }

  /**
   * One tensor's values.
   *
   * @param name the tensor
   * @return in C order
   */
  public float[] floats(String name) {
    int n = Math.toIntExact(require(name).elements());
    Range range = range(name);
    return SeededTensors.uniform(name, seed, n, range.lo(), range.hi());
  }

  @Override
  public void read(String name, ByteBuffer target) {
    int size = Math.toIntExact(require(name).byteSize());
    ByteBuffer slice = target.slice(target.position(), size).order(ByteOrder.LITTLE_ENDIAN);
    Range range = range(name);
    SeededTensors.fill(
        slice.asFloatBuffer(), SeededTensors.start(name, seed), range.lo(), range.hi());
    target.position(target.position() + size);
  }

  @Override
  public ByteBuffer bytes(String name) {
    ByteBuffer all = ByteBuffer.allocate(Math.toIntExact(require(name).byteSize()));
    read(name, all);
    return all.flip().asReadOnlyBuffer().order(ByteOrder.LITTLE_ENDIAN);
  }

  @Override
  public void close() {}

  private TensorInfo require(String name) {
    return find(name).orElseThrow(() -> new NoSuchElementException(source + ": no " + name));
  }

  /** Chosen by what the name says the tensor is. */
  private static Range range(String name) {
    if (name.endsWith("/gamma")) {
      return new Range(0.5, 1.5);
    }
    if (name.endsWith("/beta")) {
      return new Range(-0.3, 0.3);
    }
    if (name.endsWith("/bias")) {
      return new Range(-0.5, 0.5);
    }
    return name.contains("/head/") ? new Range(-0.03, 0.03) : new Range(-0.08, 0.10);
  }
}
