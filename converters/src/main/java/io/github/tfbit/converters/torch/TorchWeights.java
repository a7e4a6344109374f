package io.github.tfbit.converters.torch;

import io.github.tfbit.checkpoints.Checkpoint;
import io.github.tfbit.checkpoints.CheckpointException;
import io.github.tfbit.checkpoints.CheckpointException.Mismatch;
import io.github.tfbit.checkpoints.TensorInfo;
import io.github.tfbit.converters.view.Axes;
import io.github.tfbit.converters.view.MappedCheckpoint;
import io.github.tfbit.converters.view.Mapping;
import io.github.tfbit.converters.view.Renaming;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** BiT's tensors between PyTorch's names and kernel order and the published ones. */
public final class TorchWeights {
  private TorchWeights() {}

  /**
   * Which library's names a file has.
   *
   * @param tensors of the file
   * @return decided by the root kernel's name; empty if it has neither
   */
  public static Optional<Vocabulary> vocabulary(List<TensorInfo> tensors) {
    for (Vocabulary v : Vocabulary.values()) {
      if (tensors.stream().anyMatch(t -> v.hasRoot(t.name()))) {
        return Optional.of(v);
      }
    }
    return Optional.empty();
  }

  /**
   * A file's tensors under the published names, kernels HWIO.
   *
   * @param file under one vocabulary's names; closed with the view
   * @param vocabulary whose
   * @return a lazy view in the file's order
   * @throws Mismatch if the file holds tensors that are not BiT's
   * @throws CheckpointException.Corrupt if two names mean one tensor
   */
  public static Checkpoint published(Checkpoint file, Vocabulary vocabulary)
      throws CheckpointException {
    Renaming renaming = new Renaming(file);
    for (TensorInfo t : file.tensors()) {
      Optional<String> name = vocabulary.published(t.name());
      if (name.isPresent()) {
        renaming.add(inward(t, name.get()));
      } else {
        renaming.addStranger(t.name() + " " + t.shape());
      }
    }
    renaming.requireNoStrangers("the tensors of BiT in " + vocabulary + "'s names and no others");
    return renaming.view();
  }

  /** Kernels [outputs, inputs, h, w]; the head's also [classes, features], or [features] of one. */
  private static Mapping inward(TensorInfo t, String name) {
    List<Integer> s = t.shape();
    List<Integer> hwio = null;
    if (s.size() == 4) {
      hwio = List.of(s.get(2), s.get(3), s.get(1), s.get(0));
    } else if (name.equals(Vocabulary.HEAD_KERNEL) && s.size() == 2) {
      hwio = List.of(1, 1, s.get(1), s.get(0));
    } else if (name.equals(Vocabulary.HEAD_KERNEL) && s.size() == 1) {
      hwio = List.of(1, 1, s.get(0), 1);
    }
    return hwio == null
        ? Mapping.renamed(t, name)
        : new Mapping(new TensorInfo(name, t.dtype(), hwio), t.name(), Axes.OIHW_TO_HWIO, hwio);
  }

  /**
   * Published tensors as a PyTorch library has them.
   *
   * @param weights under the published names, kernels HWIO; closed with the view
   * @param vocabulary whose names; Hugging Face's head is {@code [classes, features]}, timm's has
   *     two more dimensions of 1
   * @return a lazy view in the same order
   * @throws IllegalArgumentException if a tensor is not BiT's
   */
  public static Checkpoint foreign(Checkpoint weights, Vocabulary vocabulary) {
    List<Mapping> mappings = new ArrayList<>();
    for (TensorInfo t : weights.tensors()) {
      String name =
          vocabulary
              .foreign(t.name())
              .orElseThrow(
                  () -> new IllegalArgumentException("expected a tensor of BiT, found " + t));
      mappings.add(outward(t, name, vocabulary));
    }
    return MappedCheckpoint.of(weights, mappings);
  }

  private static Mapping outward(TensorInfo t, String name, Vocabulary vocabulary) {
    List<Integer> s = t.shape();
    if (s.size() != 4) {
      return Mapping.renamed(t, name);
    }
    boolean flat = vocabulary == Vocabulary.HF && t.name().equals(Vocabulary.HEAD_KERNEL);
    List<Integer> oihw =
        flat ? List.of(s.get(3), s.get(2)) : List.of(s.get(3), s.get(2), s.get(0), s.get(1));
    return new Mapping(new TensorInfo(name, t.dtype(), oihw), t.name(), Axes.HWIO_TO_OIHW, s);
  }
}
