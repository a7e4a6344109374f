package io.github.tfbit.doctor;

import java.util.List;
import java.util.Optional;

/**
 * What came of a comparison.
 *
 * @param alike whether the two answer alike
 * @param distance of their answers: 0 is alike, 1 unrelated, infinity if they have no class in
 *     common
 * @param layer the first named layer that differs, where both models' weights are known
 * @param suspicions best explanation first; none if they are alike
 */
public record Diagnosis(
    boolean alike, double distance, Optional<String> layer, List<Suspicion> suspicions) {
  /**
   * One explanation.
   *
   * @param model which of the two does it
   * @param faults what it does, mostly one
   * @param details more to each fault, such as a size; empty where there is nothing more
   * @param distance that is left if it is assumed
   */
  public record Suspicion(String model, List<Fault> faults, List<String> details, double distance) {
    /** Copies the lists. */
    public Suspicion {
      faults = List.copyOf(faults);
      details = List.copyOf(details);
    }

    /**
     * Whether it explains everything.
     *
     * @return true if nothing is left
     */
    public boolean certain() {
      return distance <= Distance.ALIKE;
    }
  }

  /** Copies the list. */
  public Diagnosis {
    suspicions = List.copyOf(suspicions);
  }
}
