package io.github.tfbit.converters;

import io.github.tfbit.checkpoints.Checkpoint;
import io.github.tfbit.checkpoints.CheckpointException.Mismatch;
import io.github.tfbit.checkpoints.Problem;
import io.github.tfbit.checkpoints.TensorInfo;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * What a checkpoint in the published layout is, read from its tensors' names and shapes and never
 * from the file's name: two published files hold another architecture than they say.
 *
 * @param architecture of the network, with {@link Architecture#defaultGroups} groups
 * @param head its classes and activation, empty for a backbone alone
 */
public record PublishedModel(Architecture architecture, Optional<Head> head) {
  /**
   * Reads what a checkpoint is.
   *
   * @param checkpoint under published names, of any element type
   * @return its architecture and head
   * @throws Mismatch if it is not one complete BiT network; the message lists what is odd
   */
  public static PublishedModel of(Checkpoint checkpoint) throws IOException {
    Architecture architecture = ShapeReader.architecture(checkpoint);
    int classes = ShapeReader.classes(checkpoint);
    Difference difference = Difference.of(checkpoint, architecture.tensors(classes), List.of());
    if (!difference.isEmpty(false)) {
      throw difference.mismatch(
          checkpoint.source(), "the tensors of " + describe(architecture, classes), false);
    }
    return new PublishedModel(
        architecture,
        classes == 0
            ? Optional.empty()
            : Optional.of(new Head(classes, Activation.published(classes))));
  }

  /**
   * Refuses a checkpoint that is not exactly what a model needs.
   *
   * @param checkpoint under published names
   * @param architecture of the model; its groups play no part
   * @param classes of the model's head; 0 for none
   * @param headMayDiffer whether the file's head is of no interest: absent, or with other shapes
   * @throws Mismatch naming every tensor that is only in the file (+), only in the model (-), or
   *     differs in shape or element type
   */
  public static void requireMatch(
      Checkpoint checkpoint, Architecture architecture, int classes, boolean headMayDiffer)
      throws IOException {
    List<String> ignored =
        headMayDiffer ? List.of(PublishedNames.HEAD_KERNEL, PublishedNames.HEAD_BIAS) : List.of();
    List<TensorInfo> needed = architecture.tensors(classes);
    Difference difference = Difference.of(checkpoint, needed, ignored);
    if (!difference.isEmpty(true)) {
      String model = describe(architecture, headMayDiffer ? 0 : classes);
      Mismatch mismatch = difference.mismatch(checkpoint.source(), "the tensors of " + model, true);
      Problem p = mismatch.problem();
      throw new Mismatch(
          new Problem(
              p.expected(), p.found(), p.where(), hint(checkpoint, architecture) + p.remedy()));
    }
  }

  private static String hint(Checkpoint checkpoint, Architecture model) {
    Optional<Architecture> file = ShapeReader.guess(checkpoint);
    if (file.isEmpty() || file.get().equals(model)) {
      return "";
    }
    Architecture looks = file.get();
    if (looks.units().equals(model.units())) {
      return "the file looks like width factor "
          + (width(looks) + ", the model was built with " + width(model) + "; ");
    }
    return "the file looks like "
        + (looks.name() + ", the model was built as " + model.name() + "; ");
  }

  private static String width(Architecture a) {
    int base = 64;
    return a.rootChannels() % base == 0
        ? String.valueOf(a.rootChannels() / base)
        : String.valueOf(a.rootChannels() / (double) base);
  }

  private static String describe(Architecture architecture, int classes) {
    return architecture.name() + (classes == 0 ? "" : " with " + classes + " classes");
  }
}
