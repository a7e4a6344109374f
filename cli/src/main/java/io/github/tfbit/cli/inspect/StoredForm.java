package io.github.tfbit.cli.inspect;

import io.github.tfbit.checkpoints.TensorInfo;
import io.github.tfbit.converters.Architecture;
import io.github.tfbit.converters.Head;
import io.github.tfbit.converters.ModelFile;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * How a file has its tensors, before they get their published names and shapes.
 *
 * @param naming in words
 * @param head shape of the head's kernel; empty without a head
 */
record StoredForm(String naming, Optional<List<Integer>> head) {
  private static final Pattern NUMBERED = Pattern.compile("standardized_conv2d_\\d+");
  private static final Pattern HEAD = Pattern.compile("(^|[/.])(head|classifier|fc)([/.]|$)");
  private static final Pattern BIAS = Pattern.compile("bias(:0)?(/\\.ATTRIBUTES.*)?$");
  private static final String PUBLISHED = "resnet/";

  static StoredForm of(ModelFile file) {
    List<TensorInfo> stored = file.stored();
    Architecture architecture = file.published().architecture();
    Optional<Head> head = file.published().head();
    return new StoredForm(
        naming(file),
        head.flatMap(h -> kernel(stored, (long) architecture.features() * h.classes())));
  }

  private static String naming(ModelFile file) {
    return switch (file.layout()) {
      case KERAS_H5 -> "Keras' own, read by order and shape";
      case TIMM_SAFETENSORS -> "timm's";
      case HF_SAFETENSORS -> "Hugging Face's";
      case NPZ, HUB_SAVED_MODEL, TFBIT_EXPORT, HUB_MODULE_V1, TF_CHECKPOINT ->
          published(file.stored());
    };
  }

  private static String published(List<TensorInfo> stored) {
    long numbered = stored.stream().filter(t -> NUMBERED.matcher(t.name()).find()).count();
    String regularity =
        numbered == 0 ? "published" : "published, " + numbered + " convolutions numbered";
    return stored.stream()
        .map(t -> t.name().replace(".S", "/"))
        .filter(name -> name.indexOf(PUBLISHED) > 0)
        .map(name -> name.substring(0, name.indexOf(PUBLISHED)))
        .findFirst()
        .map(prefix -> regularity + " behind '" + prefix + "'")
        .orElse(regularity);
  }

  /** The head's kernel among tensors of whatever names: as many values, and a name that fits. */
  private static Optional<List<Integer>> kernel(List<TensorInfo> stored, long elements) {
    return stored.stream()
        .filter(t -> t.elements() == elements)
        .filter(t -> HEAD.matcher(t.name().replace(".S", "/")).find())
        .filter(t -> !BIAS.matcher(t.name()).find())
        .map(TensorInfo::shape)
        .findFirst();
  }
}
