package io.github.tfbit.converters.torch;

import io.github.tfbit.converters.torch.Spelling.Place;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * The names that PyTorch's two libraries give to BiT's tensors (timm/models/resnetv2.py at
 * aa4b5850; transformers/models/bit/modeling_bit.py). One table reads and writes both.
 */
public enum Vocabulary {
  /** timm's: {@code stages.0.blocks.0.conv1.weight}. */
  TIMM("stem.conv.weight"),
  /** Hugging Face transformers': {@code bit.encoder.stages.0.layers.0.conv1.weight}. */
  HF("embedder.convolution.weight");

  /** The published name of the kernel that is turned or not as the head's shape wants. */
  static final String HEAD_KERNEL = "resnet/head/conv2d/kernel";

  private static final String UNIT = "resnet/block{b}/unit{u}/";
  private static final String TIMM_UNIT = "stages.{b}.blocks.{u}.";
  private static final String HF_UNIT = "bit.encoder.stages.{b}.layers.{u}.";

  private record Row(Spelling published, Spelling timm, Spelling hf) {}

  private static final List<Row> TABLE =
      List.of(
          row(
              "resnet/root_block/standardized_conv2d/kernel",
              "stem.conv.weight",
              "bit.embedder.convolution.weight"),
          unit("a/group_norm/gamma", "norm1.weight"),
          unit("a/group_norm/beta", "norm1.bias"),
          unit("a/proj/standardized_conv2d/kernel", "downsample.conv.weight"),
          unit("a/standardized_conv2d/kernel", "conv1.weight"),
          unit("b/group_norm/gamma", "norm2.weight"),
          unit("b/group_norm/beta", "norm2.bias"),
          unit("b/standardized_conv2d/kernel", "conv2.weight"),
          unit("c/group_norm/gamma", "norm3.weight"),
          unit("c/group_norm/beta", "norm3.bias"),
          unit("c/standardized_conv2d/kernel", "conv3.weight"),
          row("resnet/group_norm/gamma", "norm.weight", "bit.norm.weight"),
          row("resnet/group_norm/beta", "norm.bias", "bit.norm.bias"),
          row(HEAD_KERNEL, "head.fc.weight", "classifier.1.weight"),
          row("resnet/head/conv2d/bias", "head.fc.bias", "classifier.1.bias"));

  /** What training in parallel and compiling put before every name. */
  private static final List<String> WRAPPERS = List.of("module.", "model.", "_orig_mod.");

  private final String root;

  Vocabulary(String root) {
    this.root = root;
  }

  private Spelling own(Row row) {
    return this == TIMM ? row.timm() : row.hf();
  }

  private static Row row(String published, String timm, String hf) {
    return new Row(Spelling.published(published), Spelling.torch(timm), Spelling.torch(hf));
  }

  private static Row unit(String published, String torch) {
    return row(UNIT + published, TIMM_UNIT + torch, HF_UNIT + torch);
  }

  /** Whether the root kernel has this vocabulary's name, whatever stands before it. */
  boolean hasRoot(String name) {
    return name.equals(root) || name.endsWith("." + root);
  }

  /**
   * The published name of one of this vocabulary's tensors.
   *
   * @param name such as {@code stem.conv.weight}; wrappers' prefixes such as {@code module.} are
   *     passed over, and so is the absence of Hugging Face's {@code bit.}
   * @return empty if there is no such tensor in BiT
   */
  public Optional<String> published(String name) {
    String bare = unwrapped(name);
    Optional<String> found = translate(bare, this::own, Row::published);
    return found.isPresent() || this == TIMM
        ? found
        : translate("bit." + bare, this::own, Row::published);
  }

  /**
   * This vocabulary's name of a tensor.
   *
   * @param published its published, regular name
   * @return empty if there is no such tensor in BiT
   */
  public Optional<String> foreign(String published) {
    return translate(published, Row::published, this::own);
  }

  private static Optional<String> translate(
      String name, Function<Row, Spelling> from, Function<Row, Spelling> to) {
    for (Row row : TABLE) {
      Optional<Place> place = from.apply(row).parse(name);
      if (place.isPresent()) {
        return place.map(to.apply(row)::format);
      }
    }
    return Optional.empty();
  }

  private static String unwrapped(String name) {
    String bare = name;
    for (boolean again = true; again; ) {
      again = false;
      for (String wrapper : WRAPPERS) {
        if (bare.startsWith(wrapper)) {
          bare = bare.substring(wrapper.length());
          again = true;
        }
      }
    }
    return bare;
  }
}
