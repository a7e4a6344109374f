package io.github.tfbit.doctor;

import io.github.tfbit.data.ImageSize;
import io.github.tfbit.doctor.Seeing.Alpha;
import io.github.tfbit.doctor.Seeing.Crop;
import io.github.tfbit.doctor.Seeing.Kernel;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * All that is assumed of a model beside its weights.
 *
 * @param seeing how files become pixels
 * @param feeding how pixels reach the network
 * @param network what the network gets wrong
 * @param answering how logits become scores under names
 */
record Hypothesis(Seeing seeing, Feeding feeding, NetworkVariant network, Answering answering) {
  /** Sides that published models, and most other networks, are used at. */
  private static final int[] SIDES = {
    32, 40, 48, 64, 96, 128, 160, 192, 224, 256, 288, 299, 320, 384, 448, 480, 512
  };

  /** One step away, and what it is called. */
  record Step(Fault fault, String detail, Hypothesis hypothesis) {}

  /** As the model itself does everything. */
  static Hypothesis right(ImageSize size, boolean exif, Alpha alpha) {
    Seeing seeing = new Seeing(alpha, exif, Crop.NONE, Kernel.BILINEAR, Optional.of(size));
    return new Hypothesis(seeing, Feeding.RIGHT, NetworkVariant.RIGHT, Answering.RIGHT);
  }

  /**
   * Every usual mistake beside those that are assumed already.
   *
   * @param sizes that the other model may resize to, beside the usual ones
   */
  List<Step> steps(List<ImageSize> sizes) {
    List<Step> steps = new ArrayList<>();
    if (answering == Answering.RIGHT) {
      for (Answering other : Answering.values()) {
        add(steps, Fault.of(other), "", new Hypothesis(seeing, feeding, network, other));
      }
    }
    if (feeding.range() == Feeding.Range.SYMMETRIC) {
      for (Feeding.Range other : Feeding.Range.values()) {
        add(steps, Fault.of(other), "", fed(feeding.with(other)));
      }
    }
    if (!feeding.bgr()) {
      add(steps, Optional.of(Fault.BGR), "", fed(feeding.swapped()));
    }
    sights(steps, sizes);
    if (network == NetworkVariant.RIGHT) {
      for (NetworkVariant other : NetworkVariant.values()) {
        add(steps, Fault.of(other), "", new Hypothesis(seeing, feeding, other, answering));
      }
    }
    return steps;
  }

  private void sights(List<Step> steps, List<ImageSize> sizes) {
    for (Kernel other : Kernel.values()) {
      add(steps, Fault.of(other), "", seen(seeing.with(other)));
    }
    for (Crop other : Crop.values()) {
      add(steps, Fault.of(other), "", seen(seeing.with(other)));
    }
    for (Alpha other : Alpha.values()) {
      if (other != seeing.alpha()) {
        add(steps, Optional.of(Fault.ALPHA), Fault.words(other), seen(seeing.with(other)));
      }
    }
    String turned = seeing.exif() ? "ignored" : "obeyed";
    add(steps, Optional.of(Fault.EXIF), turned, seen(seeing.turnedOtherwise()));
    add(steps, Optional.of(Fault.NO_RESIZE), "", seen(seeing.at(Optional.empty())));
    Set<ImageSize> all = new LinkedHashSet<>(sizes);
    for (int side : SIDES) {
      all.add(ImageSize.square(side));
    }
    for (ImageSize size : all) {
      if (!seeing.size().equals(Optional.of(size))) {
        add(steps, Optional.of(Fault.SIZE), size + " px", seen(seeing.at(Optional.of(size))));
      }
    }
  }

  private Hypothesis fed(Feeding other) {
    return new Hypothesis(seeing, other, network, answering);
  }

  private Hypothesis seen(Seeing other) {
    return new Hypothesis(other, feeding, network, answering);
  }

  private void add(List<Step> steps, Optional<Fault> fault, String detail, Hypothesis next) {
    if (fault.isPresent() && !next.equals(this)) {
      steps.add(new Step(fault.get(), detail, next));
    }
  }
}
