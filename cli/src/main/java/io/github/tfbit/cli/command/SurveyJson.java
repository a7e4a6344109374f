package io.github.tfbit.cli.command;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.github.tfbit.data.ImageSize;
import io.github.tfbit.survey.CheckResult;
import io.github.tfbit.survey.DataSurvey;
import io.github.tfbit.survey.SamePicture;
import io.github.tfbit.survey.SizeRange;
import io.github.tfbit.survey.SplitSurvey;

/** What a survey and a check found, as JSON. */
final class SurveyJson {
  private SurveyJson() {}

  static JsonObject of(DataSurvey survey) {
    JsonObject json = new JsonObject();
    JsonArray classes = new JsonArray();
    survey.classes().forEach(classes::add);
    json.add("classes", classes);
    JsonObject splits = new JsonObject();
    survey.splits().forEach((name, split) -> splits.add(name, of(survey, name, split)));
    json.add("splits", splits);
    return json;
  }

  private static JsonObject of(DataSurvey survey, String name, SplitSurvey split) {
    JsonObject json = new JsonObject();
    json.addProperty("pictures", split.pictures());
    JsonArray perClass = new JsonArray();
    split.perClass().forEach(perClass::add);
    json.add("per_class", perClass);
    survey.imbalance(name).ifPresent(r -> json.addProperty("imbalance", r));
    JsonObject formats = new JsonObject();
    split.kinds().forEach((k, n) -> formats.addProperty(SurveyText.key(k), n));
    json.add("formats", formats);
    JsonObject found = new JsonObject();
    split.findings().forEach((f, n) -> found.addProperty(SurveyText.key(f), n));
    json.add("found", found);
    split.sizes().ifPresent(s -> json.add("sizes", of(s)));
    JsonObject missing = new JsonObject();
    for (String other : survey.splits().keySet()) {
      JsonArray names = new JsonArray();
      survey.missing(name, other).forEach(names::add);
      if (!names.isEmpty()) {
        missing.add(other, names);
      }
    }
    json.add("classes_missing_in", missing);
    return json;
  }

  private static JsonObject of(SizeRange sizes) {
    JsonObject json = new JsonObject();
    json.add("smallest", of(sizes.smallest()));
    json.add("median", of(sizes.median()));
    json.add("largest", of(sizes.largest()));
    return json;
  }

  /** Height, then width. */
  private static JsonArray of(ImageSize size) {
    JsonArray json = new JsonArray();
    json.add(size.height());
    json.add(size.width());
    return json;
  }

  static JsonObject of(CheckResult check) {
    JsonObject json = new JsonObject();
    json.addProperty("pictures", check.pictures());
    json.addProperty("remembered", check.remembered());
    JsonArray bad = new JsonArray();
    check
        .bad()
        .forEach(
            b -> {
              JsonObject one = new JsonObject();
              one.addProperty("split", b.split());
              one.addProperty("picture", b.problem().where());
              one.addProperty("found", b.problem().found());
              bad.add(one);
            });
    json.add("bad", bad);
    JsonArray same = new JsonArray();
    check.same().forEach(p -> same.add(of(p)));
    json.add("same", same);
    return json;
  }

  private static JsonObject of(SamePicture pair) {
    JsonObject json = new JsonObject();
    json.addProperty("first_split", pair.firstSplit());
    json.addProperty("first", pair.first());
    json.addProperty("second_split", pair.secondSplit());
    json.addProperty("second", pair.second());
    return json;
  }
}
