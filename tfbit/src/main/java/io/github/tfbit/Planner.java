package io.github.tfbit;

import io.github.tfbit.checkpoints.Problem;
import io.github.tfbit.plan.Change;
import io.github.tfbit.plan.MachineMemory;
import io.github.tfbit.plan.Quantities;
import io.github.tfbit.plan.TimeEstimate;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Finds out what a run costs, and what it would cost otherwise. */
final class Planner {
  /** What is given up together, in the order in which it is. */
  private static final List<List<Change>> LADDER =
      List.of(
          List.of(),
          List.of(Change.BATCH),
          List.of(Change.BATCH, Change.PICTURES),
          List.of(Change.BATCH, Change.PICTURES, Change.SCHEDULE),
          List.of(Change.BACKBONE),
          List.of(Change.PICTURES, Change.BACKBONE));

  private final Jobs jobs;
  private final HyperRule rule;
  private final Set<Change> possible;
  private final Optional<Duration> within;

  /** Makes a job of a rule; with a frozen backbone if that is given up. */
  interface Jobs {
    TrainingJob of(HyperRule rule, boolean frozen);
  }

  /**
   * A planner.
   *
   * @param jobs makes the jobs
   * @param rule as it is asked for
   * @param possible what may be given up
   * @param within the time that the run is to fit into
   */
  Planner(Jobs jobs, HyperRule rule, Set<Change> possible, Optional<Duration> within) {
    this.jobs = jobs;
    this.rule = rule;
    this.possible = Set.copyOf(possible);
    this.within = within;
  }

  /** The job with something given up. */
  TrainingJob job(List<Change> changes) {
    HyperRule r = rule;
    for (Change change : changes) {
      r = change == Change.BACKBONE ? r : Concessions.apply(change, r);
    }
    return jobs.of(r, changes.contains(Change.BACKBONE));
  }

  /** Everything about the run; takes some seconds for each way to do it. */
  Forecast forecast() throws IOException {
    long start = System.nanoTime();
    MachineMemory machine = MachineMemory.find();
    List<Forecast.Way> ways = new ArrayList<>();
    TrainingJob asked = job(List.of());
    asked.checkData();
    try (Calibration calibration = new Calibration()) {
      for (List<Change> changes : ladder()) {
        ways.add(way(changes, machine, calibration));
      }
    }
    double spent = Stopwatch.since(start);
    Optional<Forecast.Way> chosen =
        within.flatMap(
            limit -> ways.stream().filter(w -> fits(w, seconds(limit) - spent)).findFirst());
    return new Forecast(HyperRuleReasons.of(rule, asked.cut()), machine, ways, within, chosen);
  }

  private static boolean fits(Forecast.Way way, double seconds) {
    return way.time().isPresent() && way.time().get().seconds() <= seconds;
  }

  private static double seconds(Duration time) {
    return time.toMillis() / 1e3;
  }

  private Forecast.Way way(List<Change> changes, MachineMemory machine, Calibration calibration)
      throws IOException {
    TrainingJob job = job(changes);
    Plan plan = job.plan();
    Optional<TimeEstimate> time =
        machine.holds(plan.memory().total())
            ? Optional.of(calibration.time(job, plan))
            : Optional.empty();
    return new Forecast.Way(changes, plan, time);
  }

  /** What may be given up and makes a difference. */
  private List<List<Change>> ladder() {
    List<List<Change>> ways = new ArrayList<>();
    for (List<Change> step : LADDER) {
      EnumSet<Change> useful = EnumSet.noneOf(Change.class);
      for (Change c : step) {
        if (possible.contains(c) && (c == Change.BACKBONE || Concessions.helps(c, rule))) {
          useful.add(c);
        }
      }
      List<Change> way = List.copyOf(useful);
      if (!ways.contains(way) && step.contains(Change.BACKBONE) == way.contains(Change.BACKBONE)) {
        ways.add(way);
      }
    }
    return ways;
  }

  /** The job to do: as it is asked for, or what fits into the time. */
  TrainingJob chosen(TrainingJob asked) throws IOException {
    Path directory = asked.settings().directory();
    boolean goesOn = asked.settings().resume && Run.isRun(directory);
    if (within.isEmpty() || (goesOn && Run.isFinished(directory))) {
      return asked;
    }
    Optional<List<Change>> earlier = goesOn ? RunFiles.readChanges(directory) : Optional.empty();
    List<Change> changes = earlier.isPresent() ? earlier.get() : fitting(asked);
    return job(changes).chosen(new TrainingJob.Choice(within.get(), changes));
  }

  private List<Change> fitting(TrainingJob asked) throws IOException {
    long start = System.nanoTime();
    MachineMemory machine = MachineMemory.find();
    asked.checkData();
    double limit = seconds(within.orElseThrow());
    double shortest = Double.POSITIVE_INFINITY;
    try (Calibration calibration = new Calibration()) {
      for (List<Change> changes : ladder()) {
        Forecast.Way way = way(changes, machine, calibration);
        if (fits(way, limit - Stopwatch.since(start))) {
          return changes;
        }
        shortest =
            Math.min(
                shortest, way.time().map(TimeEstimate::seconds).orElse(Double.POSITIVE_INFINITY));
      }
    }
    throw new TrainingException(
        new Problem(
            "a run within " + Quantities.duration(limit),
            Double.isInfinite(shortest)
                ? "none that fits into " + Quantities.bytes(machine.capacity()) + " of memory"
                : "about " + Quantities.duration(shortest) + " for the shortest",
            "--within, for " + asked.architecture().name() + " on these pictures",
            "allow more time, fewer --steps or a smaller network; --dry-run shows every way"));
  }
}
