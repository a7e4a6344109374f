package io.github.tfbit;

import io.github.tfbit.plan.Change;
import io.github.tfbit.plan.Columns;
import io.github.tfbit.plan.MachineMemory;
import io.github.tfbit.plan.MemoryEstimate;
import io.github.tfbit.plan.Quantities;
import io.github.tfbit.plan.TimeEstimate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** A forecast in words, 80 columns wide. */
final class PlanText {
  private static final int TITLE = 54;
  private static final int FIGURE = 11;
  private static final double FEW_SECONDS = 10;
  private static final String INDENT = "  ";

  private PlanText() {}

  static String of(Forecast forecast) {
    List<String> lines = new ArrayList<>();
    forecast.reasons().forEach(r -> lines.addAll(Columns.row(r.what(), r.text())));
    Plan plan = forecast.plan();
    lines.addAll(
        Columns.row(
            "in parts",
            String.format(
                Locale.ROOT,
                "%,d x %,d pictures",
                plan.batch() / plan.microBatch(),
                plan.microBatch())));
    lines.addAll(Columns.row("memory", memory(plan.memory(), forecast.machine())));
    forecast.ways().get(0).time().ifPresent(t -> lines.addAll(Columns.row("time", time(t, plan))));
    plan.notes().forEach(n -> lines.addAll(Columns.row("note", n)));
    lines.add("");
    lines.addAll(ways(forecast));
    forecast.within().ifPresent(limit -> lines.addAll(choice(forecast, limit)));
    return String.join("\n", lines);
  }

  /** What is needed, of what there is. */
  static String memory(MemoryEstimate need, MachineMemory machine) {
    String parts =
        String.format(
            Locale.ROOT,
            "about %s of %s's %s: weights and momentum %s, intermediates %s, pictures %s, JVM and"
                + " TensorFlow %s",
            Quantities.bytes(need.total()),
            machine.owner(),
            Quantities.bytes(machine.capacity()),
            Quantities.bytes(need.weights()),
            Quantities.bytes(need.intermediates()),
            Quantities.bytes(need.pictures()),
            Quantities.bytes(need.runtime()));
    return need.total() <= machine.free()
        ? parts
        : parts + "; only " + Quantities.bytes(machine.free()) + " are free now";
  }

  private static String time(TimeEstimate t, Plan plan) {
    return String.format(
        Locale.ROOT,
        "about %s: %s a step, %s for evaluations, %s before the first step, %s for saving;"
            + " measured just now, with the machine as busy as it is",
        Quantities.duration(t.seconds()),
        seconds(t.steps() / plan.steps()),
        seconds(t.evaluations()),
        seconds(t.start() + t.before()),
        seconds(t.saving()));
  }

  private static String seconds(double seconds) {
    return seconds < FEW_SECONDS
        ? String.format(Locale.ROOT, "%.1f s", seconds)
        : Quantities.duration(seconds);
  }

  private static List<String> ways(Forecast forecast) {
    List<String> lines = new ArrayList<>();
    lines.add(line("ways out, as --within takes them", "memory", "time"));
    List<Forecast.Way> ways = forecast.ways();
    for (int i = 0; i < ways.size(); i++) {
      lines.add(
          line(
              (i + 1) + "  " + options(ways, i),
              Quantities.bytes(ways.get(i).plan().memory().total()),
              ways.get(i)
                  .time()
                  .map(t -> Quantities.duration(t.seconds()))
                  .orElse("does not fit")));
    }
    lines.addAll(costs(ways));
    return lines;
  }

  private static List<String> choice(Forecast forecast, Duration limit) {
    String time = Quantities.duration((double) limit.toSeconds());
    return List.of(
        "",
        forecast
            .chosen()
            .map(way -> "within " + time + ": way " + (forecast.ways().indexOf(way) + 1))
            .orElse("within " + time + ": no way fits"));
  }

  private static List<String> costs(List<Forecast.Way> ways) {
    List<String> lines = new ArrayList<>();
    List<Change> all = ways.stream().flatMap(w -> w.changes().stream()).distinct().toList();
    if (!all.isEmpty()) {
      lines.add("");
      lines.add("what they are known to cost in accuracy");
    }
    for (Change change : all) {
      lines.addAll(indented(change.title() + ": " + change.cost()));
    }
    return lines;
  }

  private static List<String> indented(String text) {
    return Columns.wrap(text, Columns.WIDTH - INDENT.length()).stream()
        .map(line -> INDENT + line)
        .toList();
  }

  private static String line(String title, String memory, String time) {
    return Columns.pad(title, TITLE) + Columns.pad(memory, FIGURE) + time;
  }

  /** What to type for it, told from the way before it where that is shorter. */
  private static String options(List<Forecast.Way> ways, int at) {
    Forecast.Way way = ways.get(at);
    if (way.changes().isEmpty()) {
      return "as it is asked for";
    }
    List<Change> more = new ArrayList<>(way.changes());
    List<Change> before = at == 0 ? List.of() : ways.get(at - 1).changes();
    boolean adds = !before.isEmpty() && more.containsAll(before);
    if (adds) {
      more.removeAll(before);
    }
    String typed = more.stream().map(c -> option(c, way.plan())).collect(Collectors.joining(" "));
    return adds ? at + " with " + typed : typed;
  }

  private static String option(Change change, Plan plan) {
    return switch (change) {
      case BATCH -> "--batch " + plan.batch() + " --lr " + Concessions.RATE;
      case PICTURES -> "--resize " + Concessions.RESIZE + " --crop " + plan.augmentation().crop();
      case SCHEDULE -> "--steps " + plan.steps();
      case BACKBONE -> "--freeze backbone";
    };
  }

  /** What is given up. */
  static String title(List<Change> changes) {
    return changes.isEmpty()
        ? "as it is asked for"
        : changes.stream().map(Change::title).collect(Collectors.joining(", "));
  }
}
