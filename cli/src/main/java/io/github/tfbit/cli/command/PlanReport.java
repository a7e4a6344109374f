package io.github.tfbit.cli.command;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.github.tfbit.FineTuning;
import io.github.tfbit.Forecast;
import io.github.tfbit.Plan;
import io.github.tfbit.cli.console.Console;
import io.github.tfbit.plan.MemoryEstimate;
import io.github.tfbit.plan.TimeEstimate;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;

/** Tells what a run would do. */
final class PlanReport {
  private PlanReport() {}

  /**
   * Tells, then refuses what the run would be refused for.
   *
   * @param console to tell it on
   * @param run that would be made
   * @param out its directory, which stays as it is
   * @param json whether as JSON
   */
  static void tell(Console console, FineTuning run, Path out, boolean json) throws IOException {
    console.say("measuring for the plan, some seconds for each way; nothing is written");
    Forecast forecast = run.plan();
    if (json) {
      console.result(toJson(forecast, out));
    } else {
      forecast.text().lines().forEach(console::result);
    }
    run.requireRoom();
  }

  private static JsonObject toJson(Forecast forecast, Path out) {
    JsonObject json = new JsonObject();
    json.addProperty("run", out.toString());
    json.addProperty("dry_run", true);
    JsonObject reasons = new JsonObject();
    forecast.reasons().forEach(r -> reasons.addProperty(key(r.what()), r.text()));
    json.add("reasons", reasons);
    json.addProperty("memory_capacity_bytes", forecast.machine().capacity());
    json.addProperty("memory_free_bytes", forecast.machine().free());
    JsonArray notes = new JsonArray();
    forecast.plan().notes().forEach(notes::add);
    json.add("notes", notes);
    JsonArray ways = new JsonArray();
    forecast.ways().forEach(w -> ways.add(toJson(w)));
    json.add("ways", ways);
    forecast.within().ifPresent(limit -> json.addProperty("within_seconds", limit.toSeconds()));
    forecast.chosen().ifPresent(way -> json.addProperty("chosen", forecast.ways().indexOf(way)));
    return json;
  }

  private static String key(String what) {
    return what.toLowerCase(Locale.ROOT).replace(' ', '_');
  }

  private static JsonObject toJson(Forecast.Way way) {
    Plan plan = way.plan();
    JsonObject json = new JsonObject();
    JsonArray changes = new JsonArray();
    way.changes().forEach(c -> changes.add(key(c.name())));
    json.add("given_up", changes);
    json.addProperty("steps", plan.steps());
    json.addProperty("batch", plan.batch());
    json.addProperty("micro_batch", plan.microBatch());
    json.addProperty("resize", plan.augmentation().resize());
    json.addProperty("crop", plan.augmentation().crop());
    MemoryEstimate memory = plan.memory();
    json.addProperty("memory_bytes", memory.total());
    json.addProperty("fits", way.time().isPresent());
    way.time().ifPresent(t -> json.add("seconds", toJson(t)));
    return json;
  }

  private static JsonObject toJson(TimeEstimate t) {
    JsonObject json = new JsonObject();
    json.addProperty("total", t.seconds());
    json.addProperty("start", t.start());
    json.addProperty("pictures_first", t.before());
    json.addProperty("steps", t.steps());
    json.addProperty("evaluations", t.evaluations());
    json.addProperty("saving", t.saving());
    return json;
  }
}
