package io.github.tfbit.doctor;

import io.github.tfbit.data.ImageSize;
import io.github.tfbit.doctor.Diagnosis.Suspicion;
import io.github.tfbit.graph.Endpoint;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Compares two models by pictures and looks for what makes them differ. */
public final class Examination {
  /** Explanations that are named. */
  private static final int NAMED = 3;

  /** First guesses that a second mistake is tried on. */
  private static final int BEAM = 4;

  /** An explanation leaves less than that of the distance. */
  private static final double HELPS = 0.5;

  private final List<byte[]> pictures;
  private final List<ImageSize> sizes = new ArrayList<>();

  /** A guess and how good it is. */
  private record Guess(List<Hypothesis.Step> steps, Hypothesis hypothesis, double distance) {}

  /**
   * Prepares an examination.
   *
   * @param pictures bytes of picture files, at least one
   */
  public Examination(List<byte[]> pictures) {
    if (pictures.isEmpty()) {
      throw new IllegalArgumentException("expected at least one picture to compare by");
    }
    this.pictures = List.copyOf(pictures);
  }

  /**
   * Prepares an examination by drawn pictures that show most mistakes.
   *
   * @return with a handful of pictures
   */
  public static Examination byDrawnPictures() {
    return new Examination(TrapPictures.all());
  }

  /**
   * Names a size that a model says it resizes to, to be tried beside the usual ones.
   *
   * @param size height and width
   */
  public void alsoTry(ImageSize size) {
    sizes.add(size);
  }

  /**
   * Two models whose weights are known.
   *
   * @param a one
   * @param b the other
   * @return what differs
   * @throws IOException if one cannot be read
   */
  public Diagnosis compare(Reference a, Reference b) throws IOException {
    Optional<Suspicion> weights = WeightComparison.of(a, b);
    if (weights.isPresent()
        && (weights.get().faults().contains(Fault.ARCHITECTURE)
            || weights.get().faults().contains(Fault.CLASSES))) {
      return new Diagnosis(
          false, Double.POSITIVE_INFINITY, Optional.empty(), List.of(weights.get()));
    }
    List<Answer> answers = b.answers(pictures);
    double distance = Distance.of(a.answers(pictures), answers);
    if (distance <= Distance.ALIKE) {
      return new Diagnosis(true, distance, Optional.empty(), List.of());
    }
    Optional<String> layer = firstLayer(a, b);
    if (weights.isPresent() && layer.isPresent()) {
      return new Diagnosis(false, distance, layer, List.of(weights.get()));
    }
    return new Diagnosis(false, distance, layer, explain(a, b.name(), answers, distance));
  }

  /**
   * A model whose weights are known against one of which only the answers are.
   *
   * @param reference the known one
   * @param other the other
   * @return what the other does wrong, if the known one is right
   * @throws IOException if the other does not answer
   */
  public Diagnosis compare(Reference reference, Patient other) throws IOException {
    List<Answer> answers = other.answers(pictures);
    List<Answer> expected = reference.answers(pictures);
    double distance = Distance.of(expected, answers);
    if (distance <= Distance.ALIKE) {
      return new Diagnosis(true, distance, Optional.empty(), List.of());
    }
    return new Diagnosis(
        false, distance, Optional.empty(), explain(reference, other.name(), answers, distance));
  }

  /**
   * Two models of which only the answers are known.
   *
   * @param a one
   * @param b the other
   * @return whether they differ; why is not to be seen from outside
   * @throws IOException if one does not answer
   */
  public Diagnosis compare(Patient a, Patient b) throws IOException {
    List<Answer> one = a.answers(pictures);
    List<Answer> two = b.answers(pictures);
    double distance = Distance.ofCommon(one, two);
    if (distance <= Distance.ALIKE) {
      return new Diagnosis(true, distance, Optional.empty(), List.of());
    }
    double sorted = Distance.ofSorted(one, two);
    Fault fault = sorted <= Distance.ALIKE ? Fault.LABELS : Fault.UNKNOWN;
    Suspicion only =
        new Suspicion(b.name(), List.of(fault), List.of(""), Math.min(sorted, distance));
    return new Diagnosis(false, distance, Optional.empty(), List.of(only));
  }

  private List<Suspicion> explain(
      Reference reference, String who, List<Answer> answers, double distance) throws IOException {
    Guess nothing = new Guess(List.of(), reference.right(), distance);
    List<Guess> guesses = better(reference, nothing, answers);
    boolean explained = !guesses.isEmpty() && guesses.get(0).distance() <= Distance.ALIKE;
    double sorted = Distance.ofSorted(reference.answers(pictures), answers);
    if (!explained && sorted <= Distance.ALIKE) {
      return List.of(new Suspicion(who, List.of(Fault.LABELS), List.of(""), sorted));
    }
    if (!explained && distance <= Distance.COARSE && !helps(guesses, distance)) {
      return List.of(new Suspicion(who, List.of(Fault.PRECISION), List.of(""), distance));
    }
    if (!explained) {
      List<Guess> pairs = new ArrayList<>();
      for (Guess first : guesses.subList(0, Math.min(BEAM, guesses.size()))) {
        pairs.addAll(better(reference, first, answers));
      }
      pairs.addAll(guesses);
      pairs.sort(Comparator.comparingDouble(Guess::distance));
      guesses = pairs;
    }
    return suspicions(who, guesses, distance);
  }

  private static boolean helps(List<Guess> guesses, double distance) {
    return !guesses.isEmpty() && guesses.get(0).distance() < HELPS * distance;
  }

  /** Every mistake more, nearest first. */
  private List<Guess> better(Reference reference, Guess from, List<Answer> answers)
      throws IOException {
    List<Guess> guesses = new ArrayList<>();
    for (Hypothesis.Step step : from.hypothesis().steps(sizes)) {
      if (reference.allows(step.hypothesis())) {
        double distance = Distance.of(reference.answers(pictures, step.hypothesis()), answers);
        List<Hypothesis.Step> steps = new ArrayList<>(from.steps());
        steps.add(step);
        guesses.add(new Guess(steps, step.hypothesis(), distance));
      }
    }
    guesses.sort(Comparator.comparingDouble(Guess::distance));
    return guesses;
  }

  private static List<Suspicion> suspicions(String who, List<Guess> guesses, double distance) {
    List<Suspicion> named = new ArrayList<>();
    boolean certain = !guesses.isEmpty() && guesses.get(0).distance() <= Distance.ALIKE;
    for (Guess guess : guesses) {
      boolean worth =
          certain ? guess.distance() <= Distance.ALIKE : guess.distance() < HELPS * distance;
      if (worth && named.size() < NAMED) {
        named.add(
            new Suspicion(
                who,
                guess.steps().stream().map(Hypothesis.Step::fault).toList(),
                guess.steps().stream().map(Hypothesis.Step::detail).toList(),
                guess.distance()));
      }
    }
    if (named.isEmpty()) {
      named.add(new Suspicion(who, List.of(Fault.UNKNOWN), List.of(""), distance));
    }
    return named;
  }

  /** Where two networks part on the same pixels. */
  private Optional<String> firstLayer(Reference a, Reference b) throws IOException {
    for (Endpoint endpoint : Endpoint.values()) {
      float[] one = a.at(endpoint, 0, pictures.get(0), a.right());
      float[] two = on(a, b, endpoint);
      if (one.length != two.length || relative(one, two) > 1e-4) {
        return Optional.of(endpoint.layer());
      }
    }
    return Optional.empty();
  }

  /** The other network on the pixels that the first one sees. */
  private float[] on(Reference a, Reference b, Endpoint endpoint) throws IOException {
    Hypothesis same =
        new Hypothesis(a.right().seeing(), Feeding.RIGHT, NetworkVariant.RIGHT, Answering.RIGHT);
    return b.at(endpoint, 0, pictures.get(0), same);
  }

  private static double relative(float[] one, float[] two) {
    double squares = 0;
    double difference = 0;
    for (int i = 0; i < one.length; i++) {
      squares += (double) one[i] * one[i];
      difference += ((double) one[i] - two[i]) * ((double) one[i] - two[i]);
    }
    return Math.sqrt(difference / Math.max(squares, 1e-30));
  }
}
