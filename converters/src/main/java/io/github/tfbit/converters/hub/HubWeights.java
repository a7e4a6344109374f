package io.github.tfbit.converters.hub;

import io.github.tfbit.checkpoints.Checkpoint;
import io.github.tfbit.checkpoints.CheckpointException;
import io.github.tfbit.checkpoints.CheckpointException.Mismatch;
import io.github.tfbit.checkpoints.DType;
import io.github.tfbit.checkpoints.TensorInfo;
import io.github.tfbit.converters.view.Mapping;
import io.github.tfbit.converters.view.Renaming;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * BiT's tensors in a TensorFlow checkpoint. What training leaves beside them is passed over:
 * scalars and whole numbers (steps, counters, learning rates), and an optimizer's slots, which bear
 * a variable's name and one word more.
 */
public final class HubWeights {
  private HubWeights() {}

  /**
   * A checkpoint's tensors under the published names; convolutions may still be numbered.
   *
   * @param file its keys are variables' names or paths of an object graph; closed with the view
   * @param fullNames variables' full names by key, as far as the object graph tells them
   * @return a lazy view in the file's order
   * @throws Mismatch if the file holds variables that are not BiT's
   * @throws CheckpointException.Corrupt if two keys mean one tensor
   */
  public static Checkpoint published(Checkpoint file, Map<String, String> fullNames)
      throws CheckpointException {
    Set<String> variables = new HashSet<>();
    file.tensors().forEach(t -> variables.add(HubNames.variable(t.name())));
    Renaming renaming = new Renaming(file);
    for (TensorInfo t : file.tensors()) {
      if (isLeftover(t, variables)) {
        continue;
      }
      Optional<String> name = name(t.name(), fullNames);
      if (name.isPresent()) {
        renaming.add(mapping(t, name.get()));
      } else {
        renaming.addStranger(HubNames.variable(t.name()) + " " + t.shape());
      }
    }
    renaming.requireNoStrangers("BiT's variables, named resnet/…, and no others");
    return renaming.view();
  }

  private static Optional<String> name(String key, Map<String, String> fullNames) {
    Optional<String> own = HubNames.published(HubNames.variable(key));
    return own.isPresent()
        ? own
        : Optional.ofNullable(fullNames.get(key))
            .map(HubNames::withoutOutput)
            .flatMap(HubNames::published);
  }

  private static boolean isLeftover(TensorInfo t, Set<String> variables) {
    if (t.shape().isEmpty() || t.dtype() == DType.INT64 || HubNames.isSlot(t.name())) {
      return true;
    }
    String variable = HubNames.variable(t.name());
    int slash = variable.lastIndexOf('/');
    return slash > 0 && variables.contains(variable.substring(0, slash));
  }

  /** A dense head's kernel [features, classes] lies as the published [1, 1, features, classes]. */
  private static Mapping mapping(TensorInfo t, String name) {
    List<Integer> s = t.shape();
    boolean dense = name.endsWith("/head/conv2d/kernel") && s.size() == 2;
    return Mapping.reshaped(t, name, dense ? List.of(1, 1, s.get(0), s.get(1)) : s);
  }
}
