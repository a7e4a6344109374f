package io.github.tfbit.converters.keras;

import io.github.tfbit.checkpoints.Checkpoint;
import io.github.tfbit.checkpoints.TensorInfo;
import io.github.tfbit.checkpoints.hdf5.Hdf5Builder;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** A Keras weight file as {@code save_weights} of bit_tf2 writes it, to be spoilt. */
final class KerasFile {
  private final Checkpoint published;
  private final Map<String, List<String>> layers = new LinkedHashMap<>();
  private UnaryOperator<String> naming = name -> name + ":0";

  /** The weights of a network under published names, in the order that Keras creates them. */
  KerasFile(Checkpoint published) {
    this.published = published;
    for (TensorInfo t : published.tensors()) {
      layer(t.name().split("/", -1)[1]).add(t.name());
    }
    List.of("block1", "block2", "block3", "block4").forEach(b -> projectionLast(layer(b)));
    layers.put("re_lu_12", new ArrayList<>());
    layers.put("global_average_pooling2d", new ArrayList<>());
    List<String> head = layers.remove("head");
    if (head != null) {
      layers.put("head/dense", head);
    }
  }

  /** Behind the nine other weights of unit01. */
  private static void projectionLast(List<String> block) {
    String projection = block.stream().filter(n -> n.contains("/proj/")).findFirst().orElseThrow();
    block.remove(projection);
    block.add(9, projection);
  }

  /** The published names of a layer's weights in the order of the file, to be changed. */
  List<String> layer(String name) {
    return layers.computeIfAbsent(name, n -> new ArrayList<>());
  }

  /** How a published name becomes the name of a weight. */
  KerasFile naming(UnaryOperator<String> how) {
    naming = how;
    return this;
  }

  /**
   * The file.
   *
   * @param root group with a slash at the end, or the empty string
   */
  byte[] build(String root) throws IOException {
    Hdf5Builder file = new Hdf5Builder();
    String object = root.isEmpty() ? "" : root.substring(0, root.length() - 1);
    file.attribute(object, "layer_names", List.copyOf(layers.keySet()));
    for (Map.Entry<String, List<String>> layer : layers.entrySet()) {
      List<String> names = layer.getValue().stream().map(naming).toList();
      file.attribute(root + layer.getKey(), "weight_names", names);
      for (int i = 0; i < names.size(); i++) {
        add(file, root + layer.getKey() + "/" + names.get(i), layer.getValue().get(i));
      }
    }
    return file.build();
  }

  private void add(Hdf5Builder file, String path, String name) throws IOException {
    TensorInfo t = published.find(name).orElseThrow();
    boolean head = name.equals("resnet/head/conv2d/kernel");
    List<Integer> shape = head ? t.shape().subList(2, 4) : t.shape();
    file.dataset(path, t.dtype(), shape, published.bytes(name));
  }
}
