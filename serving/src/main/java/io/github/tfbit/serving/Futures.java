package io.github.tfbit.serving;

import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;

/** What happens when something is done, where nobody waits for it. */
final class Futures {
  private Futures() {}

  /**
   * Runs an action that does not fail.
   *
   * @param future to come
   * @param action takes the result or the failure
   */
  static <T> void after(
      CompletableFuture<T> future, BiConsumer<? super T, ? super Throwable> action) {
    CompletableFuture<T> unused = future.whenComplete(action);
  }
}
