package io.github.tfbit.checkpoints.fetch;

import io.github.tfbit.checkpoints.Problem;
import io.github.tfbit.checkpoints.fetch.FetchException.Reason;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/**
 * Fetches single files: goes on where an earlier fetch ended, tries again after what time may heal,
 * begins anew after what it may not, and verifies what came. Safe from any thread, for different
 * files.
 */
final class Fetcher {
  /** A try that brings as much as this is no failure in a row. */
  private static final long FRUITFUL_BYTES = 1 << 20;

  private final FetchSettings settings;
  private final Map<String, String> environment;
  private final Room room;

  /**
   * A fetcher.
   *
   * @param settings how patient it is
   * @param environment variables that name proxies
   * @param room what knows of free space
   */
  Fetcher(FetchSettings settings, Map<String, String> environment, Room room) {
    this.settings = settings;
    this.environment = Map.copyOf(environment);
    this.room = room;
  }

  /**
   * Fetches a file.
   *
   * @param name for people
   * @param source what to fetch
   * @param part where it goes, with a note beside it; what is there is gone on with
   * @param listener hears how it goes
   * @return what is now there, whole and verified
   * @throws FetchException if it cannot be had; what can be resumed is left, nothing else
   * @throws InterruptedIOException if the thread was interrupted; what came is left
   * @throws IOException if writing fails
   */
  Fetched fetch(String name, Source source, PartFile part, FetchListener listener)
      throws IOException {
    Web web = new Web(settings, ProxyEnvironment.of(environment));
    Download download = new Download(name, source, part, listener, settings, room);
    try {
      return untilDone(web, download, listener);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while fetching " + name);
    } catch (FileSystemException e) {
      throw disk(part.path(), e);
    }
  }

  private Fetched untilDone(Web web, Download download, FetchListener listener)
      throws IOException, InterruptedException {
    int failures = 0;
    int restarts = 0;
    while (true) {
      long before = download.resumable();
      try {
        return download.attempt(web);
      } catch (Setback.FromStart e) {
        download.discard();
        if (++restarts > settings.restarts()) {
          throw download.failed(e.reason(), e);
        }
        listener.retrying(e.getMessage(), Duration.ZERO);
      } catch (Setback.Again e) {
        boolean fruitful = download.resumable() - before >= FRUITFUL_BYTES;
        failures = fruitful ? 1 : failures + 1;
        Duration wait = e.asked().orElse(Waits.afterFailure(settings, failures));
        if (failures >= settings.attempts() || wait.compareTo(settings.longestWait()) > 0) {
          throw download.failed(Reason.UNREACHABLE, e);
        }
        listener.retrying(e.getMessage(), wait);
        Thread.sleep(wait.toMillis());
      }
    }
  }

  private static FetchException disk(Path part, FileSystemException e) {
    return new FetchException(
        Reason.DISK,
        new Problem(
            "a folder that can be written to",
            e.getClass().getSimpleName() + ": " + e.getMessage(),
            part.toString(),
            "check its permissions, or choose another folder with --cache or TFBIT_CACHE"),
        e);
  }
}
