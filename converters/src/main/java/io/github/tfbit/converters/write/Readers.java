package io.github.tfbit.converters.write;

import io.github.tfbit.checkpoints.Checkpoint;
import io.github.tfbit.checkpoints.CheckpointException.Mismatch;
import io.github.tfbit.checkpoints.DType;
import io.github.tfbit.checkpoints.Problem;
import io.github.tfbit.converters.Architecture;
import io.github.tfbit.converters.PublishedModel;
import java.io.IOException;

/** Refuses what a target's reader would use wrongly or not at all. */
final class Readers {
  private Readers() {}

  static void require(Checkpoint weights, ModelCard card, Target target) throws IOException {
    boolean floats = weights.tensors().stream().allMatch(t -> t.dtype() == DType.FLOAT32);
    if (!floats) {
      throw mismatch(weights, "float32 tensors", "others", "widen them to float32 first");
    }
    PublishedModel.requireMatch(weights, card.architecture(), card.classes(), false);
    Architecture a = card.architecture();
    switch (target) {
      case NPZ, SAVEDMODEL -> {
        int assumed = Architecture.defaultGroups(a.rootChannels());
        if (a.groups() != assumed) {
          throw mismatch(
              weights,
              assumed + " groups, which readers of variables alone assume",
              a.groups() + " groups",
              "keep the run, or write hf, whose configuration names them");
        }
      }
      case TIMM -> {
        if (TimmConfig.architecture(a).isEmpty()) {
          throw mismatch(
              weights,
              "R50x1, R101x1, R50x3, R101x3, R152x2 or R152x4 of 32 groups, which timm has",
              a.name() + " of " + a.groups() + " groups",
              "write hf or npz instead");
        }
      }
      case HF -> {
        if (!HfConfig.has(a)) {
          throw mismatch(
              weights,
              "root channels in multiples of 8, as transformers rounds them",
              String.valueOf(a.rootChannels()),
              "write npz instead");
        }
      }
    }
  }

  private static Mismatch mismatch(
      Checkpoint weights, String expected, String found, String remedy) {
    return new Mismatch(new Problem(expected, found, weights.source(), remedy));
  }
}
