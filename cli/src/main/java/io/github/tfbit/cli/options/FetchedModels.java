package io.github.tfbit.cli.options;

import io.github.tfbit.checkpoints.Problem;
import io.github.tfbit.checkpoints.fetch.FetchException;
import io.github.tfbit.checkpoints.fetch.FetchException.Reason;
import io.github.tfbit.checkpoints.fetch.ModelCache;
import io.github.tfbit.cli.console.Console;
import io.github.tfbit.cli.console.DownloadLine;
import io.github.tfbit.cli.console.Failure;
import io.github.tfbit.converters.catalogue.Catalogue;
import io.github.tfbit.converters.catalogue.Entry;
import io.github.tfbit.converters.catalogue.Fetchable;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Published models by name: from the cache, or fetched into it. */
public final class FetchedModels {
  /** Its addresses lead to Kaggle's since 2023. */
  private static final String TFHUB = "tfhub.dev";

  private static final Set<Reason> ELSEWHERE =
      Set.of(Reason.NOT_THERE, Reason.WRONG_CONTENT, Reason.PROTOCOL);

  private static final String KAGGLE =
      "tfhub.dev forwards to Kaggle, which may give it only to those with an account:"
          + " download it there and give its path";

  private final ModelCache cache;
  private final Optional<URI> mirror;
  private final Console console;

  /**
   * Models of a cache.
   *
   * @param cache to keep them in
   * @param mirror to fetch them from, empty for where they were published
   * @param console to show progress on
   */
  public FetchedModels(ModelCache cache, Optional<URI> mirror, Console console) {
    this.cache = cache;
    this.mirror = mirror;
    this.console = console;
  }

  /**
   * Finds a name in the catalogue.
   *
   * @param name as typed
   * @return the entry
   * @throws Failure if there is none; names the nearest
   */
  public static Entry named(String name) throws Failure {
    Optional<Entry> entry = Catalogue.published().find(name);
    if (entry.isPresent()) {
      return entry.get();
    }
    throw new Failure(
        new Problem("the name of a published model", "no such name", name, nearest(name)));
  }

  /**
   * What to do about a name that is not in the catalogue.
   *
   * @param name as typed
   * @return a sentence that names the nearest ones
   */
  static String nearest(String name) {
    List<String> near = Catalogue.published().suggestions(name);
    String meant = near.isEmpty() ? "" : "did you mean " + String.join(", ", near) + "? ";
    String account =
        name.toLowerCase(Locale.ROOT).contains("kaggle")
            ? "Kaggle gives files only to those with an account: download it there and give its"
                + " path; "
            : "";
    return account + meant + "tfbit models lists all";
  }

  /**
   * Has a model.
   *
   * @param entry to have; one that is not shipped
   * @return the verified file or directory
   * @throws Failure if it cannot be had because its site wants an account
   * @throws IOException if it cannot be had
   */
  public Path fetch(Entry entry) throws Failure, IOException {
    try (DownloadLine line = new DownloadLine(console)) {
      return cache.fetch(Fetchable.of(entry), mirror, line);
    } catch (FetchException e) {
      boolean forwarded =
          mirror.isEmpty()
              && ELSEWHERE.contains(e.reason())
              && entry.artefacts().stream().anyMatch(a -> a.uri().getHost().equals(TFHUB));
      if (!forwarded) {
        throw e;
      }
      Problem p = e.problem();
      throw new Failure(new Problem(p.expected(), p.found(), p.where(), KAGGLE), e);
    }
  }
}
