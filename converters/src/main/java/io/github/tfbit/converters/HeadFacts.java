package io.github.tfbit.converters;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * What files beside weights say of a head: what its classes are called, how sure that is, and how
 * its logits become probabilities.
 *
 * @param labels one name a class, in the head's order; empty if nothing names them
 * @param assumed whether the names were only guessed from the number of classes
 * @param wordNetIds one a class; empty where classes have none
 * @param activation empty where nothing says it
 */
public record HeadFacts(
    Optional<List<String>> labels,
    boolean assumed,
    List<String> wordNetIds,
    Optional<Activation> activation) {
  /** Nothing is said. */
  public static final HeadFacts NONE =
      new HeadFacts(Optional.empty(), false, List.of(), Optional.empty());

  private static final String ACTIVATION = "activation";
  private static final String LABELS = "labels";
  private static final String KNOWN = "known";
  private static final String ASSUMED = "assumed";
  private static final String UNKNOWN = "unknown";
  private static final String WORDNET_IDS = "wordnet_ids";

  /** Copies the lists. */
  public HeadFacts {
    Objects.requireNonNull(activation, "activation");
    labels = labels.map(List::copyOf);
    wordNetIds = List.copyOf(wordNetIds);
  }

  /**
   * Names, and nothing else.
   *
   * @param names one a class, in the head's order
   * @return known names
   */
  public static HeadFacts named(List<String> names) {
    return NONE.withLabels(Optional.of(names));
  }

  /**
   * The same with other names, which are known.
   *
   * @param names one a class; empty if nobody knows them
   * @return a copy
   */
  public HeadFacts withLabels(Optional<List<String>> names) {
    return new HeadFacts(names, false, List.of(), activation);
  }

  /**
   * The same with an activation.
   *
   * @param of the head; empty where nothing says it
   * @return a copy
   */
  public HeadFacts withActivation(Optional<Activation> of) {
    return new HeadFacts(labels, assumed, wordNetIds, of);
  }

  /** Without lists that are not one entry a class. */
  HeadFacts fitting(int classes) {
    boolean fit = labels.filter(l -> l.size() == classes).isPresent();
    return new HeadFacts(
        fit ? labels : Optional.empty(),
        fit && assumed,
        wordNetIds.size() == classes ? wordNetIds : List.of(),
        classes == 0 ? Optional.empty() : activation);
  }

  /**
   * All but the names themselves, which every form has its own place for.
   *
   * @return an object that {@link #with} reads
   */
  public JsonObject json() {
    JsonObject json = new JsonObject();
    activation.ifPresent(a -> json.addProperty(ACTIVATION, a.name().toLowerCase(Locale.ROOT)));
    if (labels.isPresent()) {
      json.addProperty(LABELS, assumed ? ASSUMED : KNOWN);
    }
    if (!wordNetIds.isEmpty()) {
      JsonArray ids = new JsonArray();
      wordNetIds.forEach(ids::add);
      json.add(WORDNET_IDS, ids);
    }
    return json;
  }

  /**
   * The same with what {@link #json} wrote; anything else in it is passed over.
   *
   * @param json from a file
   * @return a copy
   */
  HeadFacts with(JsonElement json) {
    if (!json.isJsonObject()) {
      return this;
    }
    JsonObject o = json.getAsJsonObject();
    Optional<Activation> said =
        text(o.get(ACTIVATION)).flatMap(HeadFacts::activation).or(() -> activation);
    String sure = text(o.get(LABELS)).orElse(KNOWN);
    return new HeadFacts(
        sure.equals(UNKNOWN) ? Optional.empty() : labels,
        sure.equals(ASSUMED),
        ids(o.get(WORDNET_IDS)),
        said);
  }

  private static Optional<Activation> activation(String word) {
    return switch (word) {
      case "softmax" -> Optional.of(Activation.SOFTMAX);
      case "sigmoid" -> Optional.of(Activation.SIGMOID);
      default -> Optional.empty();
    };
  }

  private static Optional<String> text(JsonElement e) {
    return e != null && e.isJsonPrimitive() ? Optional.of(e.getAsString()) : Optional.empty();
  }

  private static List<String> ids(JsonElement e) {
    List<String> ids = new ArrayList<>();
    if (e != null && e.isJsonArray()) {
      for (JsonElement id : e.getAsJsonArray()) {
        text(id).filter(t -> t.matches("n\\d{8}")).ifPresent(ids::add);
      }
      return ids.size() == e.getAsJsonArray().size() ? ids : List.of();
    }
    return ids;
  }
}
