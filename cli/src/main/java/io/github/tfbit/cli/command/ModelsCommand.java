package io.github.tfbit.cli.command;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.github.tfbit.checkpoints.Problem;
import io.github.tfbit.checkpoints.fetch.ModelCache;
import io.github.tfbit.cli.catalogue.Cached;
import io.github.tfbit.cli.catalogue.Details;
import io.github.tfbit.cli.catalogue.EntryJson;
import io.github.tfbit.cli.catalogue.Listing;
import io.github.tfbit.cli.console.Console;
import io.github.tfbit.cli.console.Failure;
import io.github.tfbit.cli.console.Text;
import io.github.tfbit.cli.options.CommonOptions;
import io.github.tfbit.converters.catalogue.Catalogue;
import io.github.tfbit.converters.catalogue.Entry;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Shows the catalogue of published models. */
@Command(
    name = "models",
    description = "List the published models: what --model and fetch take by name.",
    footer = {
      "",
      "Example:",
      "  tfbit models vtab R50x1 run0",
      "  tfbit models BiT-M-R50x1",
    })
public final class ModelsCommand implements Callable<Integer> {
  private final Session session;

  @Parameters(
      arity = "0..*",
      paramLabel = "FILTER",
      description = {
        "A name or alias, a family, or a part of either; several must all hold.",
        "Without any: an overview of the families."
      })
  private List<String> filters = List.of();

  @Mixin private CommonOptions common;

  /**
   * The command.
   *
   * @param session to speak by
   */
  public ModelsCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() throws Exception {
    Catalogue catalogue = Catalogue.published();
    Cached cached = new Cached(ModelCache.of(System.getenv()).folder());
    List<Entry> entries = selected(catalogue);
    if (common.json()) {
      session.console().result(json(catalogue, entries, cached));
      return 0;
    }
    Listing listing = new Listing(catalogue, cached);
    List<String> lines;
    if (filters.isEmpty()) {
      lines = listing.overview();
    } else if (entries.size() == 1) {
      lines = Details.of(entries.get(0), cached);
    } else {
      lines = new ArrayList<>(listing.table(entries));
      lines.addAll(seeAlso(catalogue, entries));
    }
    lines.forEach(session.console()::result);
    return 0;
  }

  private List<Entry> selected(Catalogue catalogue) throws Failure {
    if (filters.size() == 1) {
      Optional<Entry> named = catalogue.find(filters.get(0));
      if (named.isPresent()) {
        return List.of(named.get());
      }
    }
    List<Entry> entries = new ArrayList<>(catalogue.entries());
    for (String filter : filters) {
      entries.retainAll(matching(catalogue, filter));
    }
    if (entries.isEmpty()) {
      throw new Failure(nothing(catalogue));
    }
    return entries;
  }

  /** A whole family by its id, else whatever has the text in its name, an alias or the id. */
  private static List<Entry> matching(Catalogue catalogue, String filter) {
    String text = filter.toLowerCase(Locale.ROOT);
    List<Entry> family =
        catalogue.entries().stream().filter(e -> e.family().id().equals(text)).toList();
    return family.isEmpty()
        ? catalogue.entries().stream().filter(e -> has(e, text)).toList()
        : family;
  }

  /** A family's id can be a part of other names, too. */
  private List<String> seeAlso(Catalogue catalogue, List<Entry> shown) {
    String text = String.join(" ", filters).toLowerCase(Locale.ROOT);
    Set<String> others =
        catalogue.entries().stream()
            .filter(e -> !shown.contains(e) && has(e, text))
            .map(e -> e.family().id())
            .collect(Collectors.toCollection(LinkedHashSet::new));
    return others.isEmpty()
        ? List.of()
        : Text.wrap(
            "See also, with \""
                + text
                + "\" in their names: tfbit models "
                + String.join(", ", others),
            Console.COLUMNS);
  }

  private static boolean has(Entry entry, String text) {
    return entry.family().id().contains(text)
        || entry.name().toLowerCase(Locale.ROOT).contains(text)
        || entry.aliases().stream().anyMatch(a -> a.toLowerCase(Locale.ROOT).contains(text));
  }

  private Problem nothing(Catalogue catalogue) {
    String asked = String.join(" ", filters);
    List<String> similar = catalogue.suggestions(asked);
    return new Problem(
        "the name of a published model, or a part of some",
        "none with " + String.join(" and ", filters),
        "models " + asked,
        similar.isEmpty()
            ? "tfbit models without arguments gives an overview"
            : "did you mean " + String.join(", ", similar) + "?");
  }

  private static JsonObject json(Catalogue catalogue, List<Entry> entries, Cached cached) {
    JsonArray models = new JsonArray();
    entries.forEach(e -> models.add(EntryJson.of(e, cached)));
    JsonObject json = new JsonObject();
    json.addProperty("dated", catalogue.dated().toString());
    json.add("models", models);
    return json;
  }
}
