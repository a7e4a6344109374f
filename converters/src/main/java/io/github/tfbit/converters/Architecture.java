package io.github.tfbit.converters;

import io.github.tfbit.checkpoints.DType;
import io.github.tfbit.checkpoints.TensorInfo;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The shape of a BiT network: pre-activation bottleneck ResNet, four blocks, GroupNorm and weight
 * standardisation (paper section 3; bit_pytorch/models.py at 140de6e).
 *
 * @param units how many units each of the four blocks has, (3, 4, 6, 3) for depth 50
 * @param rootChannels output channels of the root block, 64 times the width factor
 * @param groups of every GroupNorm; divides {@code rootChannels}
 */
public record Architecture(List<Integer> units, int rootChannels, int groups) {
  /** The small model that this project trains and ships: depth 26, width factor 1/4. */
  public static final String SMALL = "R26x0.25";

  private static final int BLOCKS = 4;

  private static final Map<String, Architecture> NAMED = named();

  /** Checks that the numbers describe a network. */
  public Architecture {
    units = List.copyOf(units);
    if (units.size() != BLOCKS || units.stream().anyMatch(u -> u < 1)) {
      throw new IllegalArgumentException("expected 4 blocks of at least one unit, found " + units);
    }
    if (groups < 1 || rootChannels < 1 || rootChannels % groups != 0) {
      throw new IllegalArgumentException(
          "expected groups that divide the root block's channels, found "
              + (groups + " groups of " + rootChannels + " channels"));
    }
  }

  private static Map<String, Architecture> named() {
    Map<Integer, List<Integer>> depths = new LinkedHashMap<>();
    depths.put(50, List.of(3, 4, 6, 3));
    depths.put(101, List.of(3, 4, 23, 3));
    depths.put(152, List.of(3, 8, 36, 3));
    Map<String, Architecture> all = new LinkedHashMap<>();
    all.put(SMALL, new Architecture(List.of(2, 2, 2, 2), 16, defaultGroups(16)));
    for (String name : List.of("R50x1", "R101x1", "R50x3", "R101x3", "R152x2", "R152x4")) {
      int x = name.indexOf('x');
      int root = 64 * Integer.parseInt(name.substring(x + 1));
      int depth = Integer.parseInt(name.substring(1, x));
      all.put(name, new Architecture(depths.get(depth), root, defaultGroups(root)));
    }
    return all;
  }

  /**
   * How many groups a file that does not say it has: 32 for every published model.
   *
   * @param rootChannels output channels of the root block
   * @return {@code min(32, rootChannels / 2)}, at least 1
   */
  public static int defaultGroups(int rootChannels) {
    return Math.max(1, Math.min(32, rootChannels / 2));
  }

  /**
   * The architectures that have a name: the published six and {@link #SMALL}.
   *
   * @return in order of size
   */
  public static List<String> names() {
    return List.copyOf(NAMED.keySet());
  }

  /**
   * An architecture by its name.
   *
   * @param name such as {@code R50x1}
   * @return that architecture
   * @throws IllegalArgumentException if there is none of that name
   */
  public static Architecture named(String name) {
    Architecture a = NAMED.get(name);
    if (a == null) {
      throw new IllegalArgumentException("expected one of " + NAMED.keySet() + ", found " + name);
    }
    return a;
  }

  /**
   * The name, or a description where there is none.
   *
   * @return such as {@code R50x1} or {@code units 1-1-1-1, 8 root channels, 4 groups}
   */
  public String name() {
    return NAMED.entrySet().stream()
        .filter(e -> e.getValue().equals(this))
        .map(Map.Entry::getKey)
        .findFirst()
        .orElseGet(this::describe);
  }

  private String describe() {
    String list = String.join("-", units.stream().map(String::valueOf).toList());
    return "units " + list + ", " + rootChannels + " root channels, " + groups + " groups";
  }

  /**
   * Length of the pre-logits.
   *
   * @return 32 times the root channels: 2048 for width factor 1
   */
  public int features() {
    return outputChannels(BLOCKS);
  }

  /**
   * Channels between the units' convolutions.
   *
   * @param block 1 to 4
   * @return channels of the 3x3 convolutions of that block
   */
  public int bottleneckChannels(int block) {
    return rootChannels << (block - 1);
  }

  /**
   * Channels that a block hands on.
   *
   * @param block 1 to 4
   * @return four times {@link #bottleneckChannels}
   */
  public int outputChannels(int block) {
    return 4 * bottleneckChannels(block);
  }

  /**
   * Every tensor of the published npz layout in forward order, which is the order of the files.
   *
   * @param classes of the head; 0 for none
   * @return float32 tensors, kernels HWIO
   */
  public List<TensorInfo> tensors(int classes) {
    List<TensorInfo> all = new ArrayList<>();
    all.add(kernel(PublishedNames.ROOT_KERNEL, 7, 3, rootChannels));
    int in = rootChannels;
    for (int block = 1; block <= BLOCKS; block++) {
      int mid = bottleneckChannels(block);
      int out = outputChannels(block);
      for (int unit = 1; unit <= units.get(block - 1); unit++) {
        String prefix = PublishedNames.unit(block, unit);
        addNorm(all, prefix + "a/group_norm", in);
        if (unit == 1) {
          all.add(kernel(prefix + "a/proj/standardized_conv2d/kernel", 1, in, out));
        }
        all.add(kernel(prefix + "a/standardized_conv2d/kernel", 1, in, mid));
        addNorm(all, prefix + "b/group_norm", mid);
        all.add(kernel(prefix + "b/standardized_conv2d/kernel", 3, mid, mid));
        addNorm(all, prefix + "c/group_norm", mid);
        all.add(kernel(prefix + "c/standardized_conv2d/kernel", 1, mid, out));
        in = out;
      }
    }
    addNorm(all, PublishedNames.FINAL_NORM, in);
    if (classes > 0) {
      all.add(kernel(PublishedNames.HEAD_KERNEL, 1, in, classes));
      all.add(new TensorInfo(PublishedNames.HEAD_BIAS, DType.FLOAT32, List.of(classes)));
    }
    return List.copyOf(all);
  }

  private static TensorInfo kernel(String name, int side, int in, int out) {
    return new TensorInfo(name, DType.FLOAT32, List.of(side, side, in, out));
  }

  private static void addNorm(List<TensorInfo> all, String prefix, int channels) {
    all.add(new TensorInfo(prefix + "/gamma", DType.FLOAT32, List.of(channels)));
    all.add(new TensorInfo(prefix + "/beta", DType.FLOAT32, List.of(channels)));
  }
}
