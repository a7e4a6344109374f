package io.github.tfbit.converters.view;

import io.github.tfbit.checkpoints.Checkpoint;
import io.github.tfbit.checkpoints.CheckpointException.Unsupported;
import io.github.tfbit.checkpoints.Problem;
import io.github.tfbit.checkpoints.TensorInfo;
import java.io.Closeable;
import java.io.IOException;
import java.nio.BufferOverflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Optional;

/**
 * A checkpoint under other names, in another order, with kernels turned: nothing is read before it
 * is asked for. A view of a view reads from the first checkpoint, so that kernels turned there and
 * back are not turned at all.
 *
 * <p>{@link #read} turns a kernel straight into the target, {@link #stream} band by band; only
 * {@link #bytes} of a turned kernel holds all of it, in the heap.
 */
public final class MappedCheckpoint implements Checkpoint {
  /** Bytes that {@link #stream} hands on at once, or one row if that is more. */
  private static final int BAND = 8 << 20;

  private final Checkpoint original;
  private final Closeable owner;
  private final Map<String, Mapping> mappings;

  private MappedCheckpoint(Checkpoint original, Closeable owner, Map<String, Mapping> mappings) {
    this.original = original;
    this.owner = owner;
    this.mappings = mappings;
  }

  /**
   * A view.
   *
   * @param original what is behind it; closed with the view
   * @param mappings one for each tensor of the view, in the view's order
   * @return the view
   * @throws IllegalArgumentException if two have one name, or an original does not exist
   */
  public static MappedCheckpoint of(Checkpoint original, List<Mapping> mappings) {
    return of(original, original, mappings);
  }

  /**
   * The same tensors, which close something else when they are closed.
   *
   * @param original the tensors
   * @param owner closed instead of them, and closes them
   * @return the view
   */
  public static MappedCheckpoint owned(Checkpoint original, Closeable owner) {
    return of(
        original,
        owner,
        original.tensors().stream().map(t -> Mapping.renamed(t, t.name())).toList());
  }

  private static MappedCheckpoint of(Checkpoint original, Closeable owner, List<Mapping> mappings) {
    Map<String, Mapping> all = new LinkedHashMap<>();
    for (Mapping m : mappings) {
      if (original.find(m.original()).isEmpty()) {
        throw new IllegalArgumentException("expected a tensor '" + m.original() + "', found none");
      }
      if (all.put(m.info().name(), m) != null) {
        throw new IllegalArgumentException("expected one '" + m.info().name() + "', found two");
      }
    }
    if (original instanceof MappedCheckpoint behind) {
      Map<String, Mapping> merged = new LinkedHashMap<>();
      all.forEach((name, m) -> merged.put(name, behind.mappings.get(m.original()).then(m)));
      if (merged.values().stream().allMatch(Objects::nonNull)) {
        return new MappedCheckpoint(behind.original, owner, merged);
      }
    }
    return new MappedCheckpoint(original, owner, all);
  }

  @Override
  public String source() {
    return original.source();
  }

  @Override
  public List<TensorInfo> tensors() {
    return mappings.values().stream().map(Mapping::info).toList();
  }

  @Override
  public Optional<TensorInfo> find(String name) {
    return Optional.ofNullable(mappings.get(name)).map(Mapping::info);
  }

  @Override
  public void read(String name, ByteBuffer target) throws IOException {
    Mapping m = require(name);
    if (m.axes() == Axes.AS_THEY_ARE) {
      original.read(m.original(), target);
      return;
    }
    int size = Math.toIntExact(m.info().byteSize());
    if (target.remaining() < size) {
      throw new BufferOverflowException();
    }
    ByteBuffer source = original.bytes(m.original());
    kernels(m).rows(m.axes(), source, 0, target.slice(target.position(), size));
    target.position(target.position() + size);
  }

  @Override
  public ByteBuffer bytes(String name) throws IOException {
    Mapping m = require(name);
    if (m.axes() == Axes.AS_THEY_ARE) {
      return original.bytes(m.original());
    }
    ByteBuffer all = allocate(m.info());
    read(name, all);
    return all.flip().asReadOnlyBuffer().order(ByteOrder.LITTLE_ENDIAN);
  }

  private ByteBuffer allocate(TensorInfo info) throws Unsupported {
    try {
      return ByteBuffer.allocate(Math.toIntExact(info.byteSize()));
    } catch (OutOfMemoryError e) {
      throw new Unsupported(
          new Problem(
              "room in the Java heap for " + info.byteSize() + " bytes",
              "too little",
              source() + ": tensor '" + info.name() + "'",
              "raise -Xmx, or read the tensor piece by piece"),
          e);
    }
  }

  @Override
  public void stream(String name, Sink sink) throws IOException {
    Mapping m = require(name);
    if (m.axes() == Axes.AS_THEY_ARE) {
      original.stream(m.original(), sink);
      return;
    }
    Kernels kernels = kernels(m);
    int rows = kernels.rows(m.axes());
    int rowBytes = kernels.rowBytes(m.axes());
    if (rowBytes == 0) {
      return;
    }
    int band = Math.min(rows, Math.max(1, BAND / rowBytes));
    ByteBuffer source = original.bytes(m.original());
    ByteBuffer piece = ByteBuffer.allocate(band * rowBytes).order(ByteOrder.LITTLE_ENDIAN);
    for (int row = 0; row < rows; row += band) {
      piece.clear().limit(Math.min(band, rows - row) * rowBytes);
      kernels.rows(m.axes(), source, row, piece);
      sink.accept(piece.flip());
    }
  }

  private static Kernels kernels(Mapping m) {
    List<Integer> hwio = m.hwio();
    return new Kernels(
        hwio.get(3), hwio.get(2), hwio.get(0) * hwio.get(1), m.info().dtype().bytes());
  }

  private Mapping require(String name) {
    Mapping found = mappings.get(name);
    if (found == null) {
      throw new NoSuchElementException(source() + ": no tensor '" + name + "'");
    }
    return found;
  }

  @Override
  public void close() throws IOException {
    owner.close();
  }
}
