package io.github.tfbit.cli.catalogue;

import io.github.tfbit.converters.catalogue.Entry;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What lies in the cache. Only looked at, not verified: that reads every byte, and whoever opens a
 * model does it.
 *
 * @param folder of the cache, which may not exist
 */
public record Cached(Path folder) {
  /**
   * Whether an entry needs no download.
   *
   * @param entry to look for
   * @return true if it is shipped or lies in the cache
   */
  public boolean has(Entry entry) {
    return entry.shipped() || Files.exists(folder.resolve(entry.location()));
  }
}
