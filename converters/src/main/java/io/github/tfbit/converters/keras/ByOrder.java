package io.github.tfbit.converters.keras;

import io.github.tfbit.checkpoints.CheckpointException.Mismatch;
import io.github.tfbit.checkpoints.hdf5.Hdf5Reader;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Tells weights by their order and rank: the root kernel; per unit three times gamma, beta and
 * kernel, and for the first unit of a block the projection's kernel last; the final gamma and beta;
 * the head's kernel and bias, if there is a head. Names can be numbered or shortened in many ways
 * and are a hint: they must not contradict.
 */
final class ByOrder {
  private static final int BLOCKS = 4;

  /** Weights of a unit without projection. */
  private static final int UNIT = 9;

  private static final int CONVOLUTION = 4;
  private static final String KERNEL = "/standardized_conv2d";

  private final Hdf5Reader file;
  private final List<Weight> weights;
  private final Map<String, Weight> published = new LinkedHashMap<>();
  private int at;

  private ByOrder(Hdf5Reader file, List<Weight> weights) {
    this.file = file;
    this.weights = weights;
  }

  /** The weights under published names, in the order of the published files. */
  static Map<String, Weight> published(Hdf5Reader file, List<Weight> weights) throws Mismatch {
    ByOrder order = new ByOrder(file, weights);
    order.network();
    return order.published;
  }

  private void network() throws Mismatch {
    put("resnet/root_block" + KERNEL, at++, Part.KERNEL, CONVOLUTION);
    int block = 0;
    int unit = 0;
    while (weights.size() - at >= UNIT && rank(at + 2) == CONVOLUTION) {
      boolean first = rank(at + UNIT) == CONVOLUTION;
      block += first ? 1 : 0;
      unit = first ? 1 : unit + 1;
      if (block == 0 || block > BLOCKS) {
        String found = block == 0 ? "none after the first unit" : "more";
        throw refused(BLOCKS + " blocks that each begin with a projection", found);
      }
      unit(String.format(Locale.ROOT, "resnet/block%d/unit%02d/", block, unit), first);
    }
    if (block < BLOCKS) {
      throw refused(BLOCKS + " blocks of units", block + ", then " + next());
    }
    norm("resnet/group_norm", at);
    at += 2;
    head();
  }

  private void unit(String prefix, boolean first) throws Mismatch {
    norm(prefix + "a/group_norm", at);
    if (first) {
      put(prefix + "a/proj" + KERNEL, at + UNIT, Part.KERNEL, CONVOLUTION);
    }
    put(prefix + "a" + KERNEL, at + 2, Part.KERNEL, CONVOLUTION);
    norm(prefix + "b/group_norm", at + 3);
    put(prefix + "b" + KERNEL, at + 5, Part.KERNEL, CONVOLUTION);
    norm(prefix + "c/group_norm", at + 6);
    put(prefix + "c" + KERNEL, at + 8, Part.KERNEL, CONVOLUTION);
    at += first ? UNIT + 1 : UNIT;
  }

  /** GroupNorm creates gamma before beta (bit_tf2/normalization.py). */
  private void norm(String name, int index) throws Mismatch {
    put(name, index, Part.GAMMA, 1);
    put(name, index + 1, Part.BETA, 1);
  }

  private void head() throws Mismatch {
    if (at < weights.size()) {
      int rank = rank(at) == CONVOLUTION ? CONVOLUTION : 2;
      put("resnet/head/conv2d", at, Part.KERNEL, rank);
      put("resnet/head/conv2d", at + 1, Part.BIAS, 1);
      at += 2;
    }
    if (at < weights.size()) {
      throw refused("nothing after the head", next());
    }
  }

  private void put(String prefix, int index, Part part, int rank) throws Mismatch {
    String name = prefix + "/" + part.word();
    if (index >= weights.size()) {
      throw refused("a weight for '" + name + "'", "the end after " + weights.size() + " weights");
    }
    Weight w = weights.get(index);
    boolean contradicts = w.says().isPresent() && w.says().get() != part;
    if (contradicts || w.rank() != rank) {
      String dimensions = rank == 1 ? "1 dimension" : rank + " dimensions";
      throw refused(
          String.format("a %s of %s for '%s'", part.word(), dimensions, name), describe(index));
    }
    published.put(name, w);
  }

  private int rank(int index) {
    return index < weights.size() ? weights.get(index).rank() : -1;
  }

  private String next() {
    return at < weights.size() ? describe(at) : "the end";
  }

  private String describe(int index) {
    Weight w = weights.get(index);
    return "'" + w.name() + "' " + w.info().shape() + ", weight " + (index + 1);
  }

  private Mismatch refused(String expected, String found) {
    return WeightList.mismatch(file, expected, found);
  }
}
