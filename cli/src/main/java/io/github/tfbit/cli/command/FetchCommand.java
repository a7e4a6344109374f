package io.github.tfbit.cli.command;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.github.tfbit.checkpoints.fetch.FetchSettings;
import io.github.tfbit.checkpoints.fetch.ModelCache;
import io.github.tfbit.cli.options.CommonOptions;
import io.github.tfbit.cli.options.FetchedModels;
import io.github.tfbit.cli.options.MirrorConverter;
import io.github.tfbit.converters.catalogue.Entry;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Fetches published models into the cache. */
@Command(
    name = "fetch",
    description = {
      "Fetch published models into the cache, or find them there, and print where each is.",
      "What is printed has been read whole and verified."
    },
    footer = {
      "",
      "Example:",
      "  tfbit fetch BiT-M-R50x1 BiT-M-R101x1-ILSVRC2012",
      "",
      "An interrupted fetch goes on where it ended. The cache is TFBIT_CACHE, else",
      "~/.cache/tfbit (macOS: ~/Library/Caches/tfbit, Windows: %%LOCALAPPDATA%%\\tfbit);",
      "TFBIT_OFFLINE=1 forbids connections; proxies come from HTTPS_PROXY, HTTP_PROXY",
      "and NO_PROXY. tfbit models lists the names."
    })
public final class FetchCommand implements Callable<Integer> {
  private final Session session;

  @Parameters(arity = "1..*", paramLabel = "NAME", description = "Published models.")
  private List<String> names;

  @Option(
      names = "--base-url",
      paramLabel = "URL",
      converter = MirrorConverter.class,
      description = "A mirror: fetch from there, under the paths that files have in the cache.")
  private URI mirror;

  @Option(names = "--cache", paramLabel = "DIR", description = "The cache to use.")
  private Path cache;

  @Mixin private CommonOptions common;

  /**
   * The command.
   *
   * @param session to speak by
   */
  public FetchCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() throws Exception {
    List<Entry> entries = new ArrayList<>();
    for (String name : names) {
      entries.add(FetchedModels.named(name)); // before anything is fetched
    }
    ModelCache opened =
        cache == null
            ? ModelCache.of(System.getenv())
            : ModelCache.of(cache, System.getenv(), FetchSettings.DEFAULT);
    FetchedModels models =
        new FetchedModels(opened, Optional.ofNullable(mirror), session.console());
    JsonArray list = new JsonArray();
    for (Entry entry : entries) {
      session.interrupts().check();
      JsonObject item = new JsonObject();
      item.addProperty("name", entry.name());
      if (entry.shipped()) {
        session.console().say(entry.name() + " comes with tfbit: there is nothing to fetch");
      } else {
        String path = models.fetch(entry).toString();
        item.addProperty("path", path);
        if (!common.json()) {
          session.console().result(path);
        }
      }
      list.add(item);
    }
    if (common.json()) {
      JsonObject json = new JsonObject();
      json.addProperty("cache", opened.folder().toString());
      json.add("fetched", list);
      session.console().result(json);
    }
    return 0;
  }
}
