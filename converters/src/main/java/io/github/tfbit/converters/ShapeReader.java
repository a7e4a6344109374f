package io.github.tfbit.converters;

import io.github.tfbit.checkpoints.Checkpoint;
import io.github.tfbit.checkpoints.CheckpointException.Mismatch;
import io.github.tfbit.checkpoints.Problem;
import io.github.tfbit.checkpoints.TensorInfo;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads units, channels and classes off tensor names and shapes. */
final class ShapeReader {
  private static final Pattern UNIT = Pattern.compile("resnet/block([1-4])/unit(\\d{2,5})/.+");
  private static final int BLOCKS = 4;

  /** Four times the widest published root, times 16: beyond it the shapes would overflow. */
  private static final int MAX_ROOT = 1 << 14;

  private static final String REMEDY =
      "this is no file of BiT weights in the published layout; name another";

  private ShapeReader() {}

  static Architecture architecture(Checkpoint checkpoint) throws IOException {
    TensorInfo root =
        checkpoint
            .find(PublishedNames.ROOT_KERNEL)
            .orElseThrow(
                () ->
                    odd(
                        checkpoint,
                        "a tensor '" + PublishedNames.ROOT_KERNEL + "'",
                        names(checkpoint)));
    List<Integer> shape = root.shape();
    boolean plausible =
        shape.size() == 4
            && shape.subList(0, 3).equals(List.of(7, 7, 3))
            && shape.get(3) >= 1
            && shape.get(3) <= MAX_ROOT;
    if (!plausible) {
      String expected = "'" + root.name() + "' of shape [7, 7, 3, channels]";
      throw odd(checkpoint, expected, shape.toString());
    }
    List<Integer> units = units(checkpoint);
    int channels = shape.get(3);
    try {
      return new Architecture(units, channels, Architecture.defaultGroups(channels));
    } catch (IllegalArgumentException e) {
      throw odd(checkpoint, "a BiT network", e.getMessage());
    }
  }

  /** The architecture as far as it can be guessed, for a hint in a message. */
  static Optional<Architecture> guess(Checkpoint checkpoint) {
    try {
      return Optional.of(architecture(checkpoint));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static List<Integer> units(Checkpoint checkpoint) throws IOException {
    List<SortedSet<Integer>> found = new ArrayList<>();
    for (int block = 0; block < BLOCKS; block++) {
      found.add(new TreeSet<>());
    }
    for (TensorInfo t : checkpoint.tensors()) {
      Matcher m = UNIT.matcher(t.name());
      if (m.matches()) {
        found.get(Integer.parseInt(m.group(1)) - 1).add(Integer.parseInt(m.group(2)));
      }
    }
    List<Integer> units = new ArrayList<>();
    for (int block = 1; block <= BLOCKS; block++) {
      SortedSet<Integer> numbers = found.get(block - 1);
      int n = numbers.size();
      if (n == 0 || numbers.first() != 1 || numbers.last() != n) {
        throw odd(
            checkpoint,
            "units numbered from 01 without a gap in block" + block,
            n == 0 ? "no unit" : "units " + numbers);
      }
      units.add(n);
    }
    return units;
  }

  /** Classes of the head; 0 if there is none. */
  static int classes(Checkpoint checkpoint) throws IOException {
    Optional<TensorInfo> kernel = checkpoint.find(PublishedNames.HEAD_KERNEL);
    Optional<TensorInfo> bias = checkpoint.find(PublishedNames.HEAD_BIAS);
    if (kernel.isEmpty() && bias.isEmpty()) {
      return 0;
    }
    List<Integer> shape = kernel.map(TensorInfo::shape).orElse(List.of());
    if (kernel.isEmpty() || bias.isEmpty()) {
      String missing = kernel.isEmpty() ? PublishedNames.HEAD_KERNEL : PublishedNames.HEAD_BIAS;
      throw odd(checkpoint, "both tensors of the head, or none", "no '" + missing + "'");
    }
    if (shape.size() != 4 || shape.get(3) < 1) {
      String expected = "'" + PublishedNames.HEAD_KERNEL + "' of shape [1, 1, features, classes]";
      throw odd(checkpoint, expected, shape.toString());
    }
    return shape.get(3);
  }

  static String names(Checkpoint checkpoint) {
    List<String> names = checkpoint.tensors().stream().map(TensorInfo::name).limit(3).toList();
    int n = checkpoint.tensors().size();
    return n + " tensors" + (n == 0 ? "" : ": " + String.join(", ", names) + (n > 3 ? ", …" : ""));
  }

  private static Mismatch odd(Checkpoint checkpoint, String expected, String found) {
    return new Mismatch(new Problem(expected, found, checkpoint.source(), REMEDY));
  }
}
