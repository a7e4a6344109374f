package io.github.tfbit.converters;

import static io.github.tfbit.checkpoints.CheckpointException.corrupt;

import io.github.tfbit.checkpoints.Checkpoint;
import io.github.tfbit.checkpoints.TensorInfo;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A checkpoint under regular names: some published files number their convolutions. The rule is
 * that of big_vision's loader (models/bit.py at 0127fb6b).
 */
final class RegularNames implements Checkpoint {
  private static final Pattern NUMBERED = Pattern.compile("/standardized_conv2d_\\d+/");

  private final Checkpoint original;
  private final Map<String, String> originals;
  private final Map<String, TensorInfo> tensors;

  private RegularNames(
      Checkpoint original, Map<String, String> originals, Map<String, TensorInfo> tensors) {
    this.original = original;
    this.originals = originals;
    this.tensors = tensors;
  }

  /** The checkpoint itself if all its names are regular. */
  static Checkpoint of(Checkpoint original) throws IOException {
    Map<String, String> originals = new LinkedHashMap<>();
    Map<String, TensorInfo> tensors = new LinkedHashMap<>();
    for (TensorInfo t : original.tensors()) {
      String regular = NUMBERED.matcher(t.name()).replaceAll("/standardized_conv2d/");
      String before = originals.put(regular, t.name());
      if (before != null) {
        throw corrupt(
            original.source(),
            "one tensor '" + regular + "'",
            "two that mean it, '" + before + "' and '" + t.name() + "'");
      }
      tensors.put(regular, new TensorInfo(regular, t.dtype(), t.shape()));
    }
    boolean regular = originals.entrySet().stream().allMatch(e -> e.getKey().equals(e.getValue()));
    return regular ? original : new RegularNames(original, originals, tensors);
  }

  @Override
  public String source() {
    return original.source();
  }

  @Override
  public List<TensorInfo> tensors() {
    return List.copyOf(tensors.values());
  }

  @Override
  public Optional<TensorInfo> find(String name) {
    return Optional.ofNullable(tensors.get(name));
  }

  @Override
  public void read(String name, ByteBuffer target) throws IOException {
    original.read(require(name), target);
  }

  @Override
  public ByteBuffer bytes(String name) throws IOException {
    return original.bytes(require(name));
  }

  private String require(String name) {
    String found = originals.get(name);
    if (found == null) {
      throw new NoSuchElementException(source() + ": no tensor '" + name + "'");
    }
    return found;
  }

  @Override
  public void close() throws IOException {
    original.close();
  }
}
