package io.github.tfbit;

import io.github.tfbit.plan.Change;
import io.github.tfbit.plan.MachineMemory;
import io.github.tfbit.plan.TimeEstimate;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What a run will do, why, and what it costs on this machine; and what it would cost otherwise.
 *
 * @param reasons what BiT-HyperRule decided, and from what
 * @param machine its memory
 * @param ways the run as it is asked for, then what can be given up, in the order in which {@link
 *     FineTuning.Builder#within} takes them
 * @param within the time that the run is to fit into, if there is one
 * @param chosen the way that is taken for that; empty if none fits, or no time was said
 */
public record Forecast(
    List<Reason> reasons,
    MachineMemory machine,
    List<Way> ways,
    Optional<Duration> within,
    Optional<Way> chosen) {
  /** Copies the lists. */
  public Forecast {
    reasons = List.copyOf(reasons);
    ways = List.copyOf(ways);
  }

  /**
   * One decision.
   *
   * @param what was decided
   * @param text what it came to and why
   */
  public record Reason(String what, String text) {}

  /**
   * One way to do the run.
   *
   * @param changes what is given up; none for the run as it is asked for
   * @param plan what will happen
   * @param time how long it takes; empty where it does not fit into the machine's memory
   */
  public record Way(List<Change> changes, Plan plan, Optional<TimeEstimate> time) {
    /** Copies the changes. */
    public Way {
      changes = List.copyOf(changes);
    }
  }

  /**
   * The run as it is asked for.
   *
   * @return steps, parts and sizes
   */
  public Plan plan() {
    return ways.get(0).plan();
  }

  /**
   * All of it for a person.
   *
   * @return lines of at most 80 columns
   */
  public String text() {
    return PlanText.of(this);
  }

  /** As {@link #text}. */
  @Override
  public String toString() {
    return text();
  }
}
