package io.github.tfbit.checkpoints.fetch;

import java.nio.file.Path;
import java.time.Duration;

/** Hears how a fetch goes on, on the thread that fetches; every method returns soon. */
public interface FetchListener {
  /** Hears nothing. */
  FetchListener NONE = new FetchListener() {};

  /**
   * Bytes have arrived, or a file begins.
   *
   * @param file what is fetched, as a name for people
   * @param done bytes that are there, those of an interrupted fetch included
   * @param total bytes of the whole file, negative if the server does not say
   */
  default void progressed(String file, long done, long total) {}

  /**
   * The file is there and its checksums are computed.
   *
   * @param file what is fetched
   * @param bytes its length
   */
  default void verifying(String file, long bytes) {}

  /**
   * An attempt failed, and another follows.
   *
   * @param why in a few words
   * @param wait time until then
   */
  default void retrying(String why, Duration wait) {}

  /**
   * Another thread or process is fetching the same, and this one waits for it.
   *
   * @param target what both want
   */
  default void waiting(Path target) {}

  /**
   * Something in the cache is not as it was recorded, and is fetched again.
   *
   * @param target the file or directory
   * @param why in a few words
   */
  default void damaged(Path target, String why) {}

  /**
   * A file that somebody put into the cache by hand was checked as far as possible and is taken.
   *
   * @param target the file or directory
   */
  default void adopted(Path target) {}
}
