package io.github.tfbit.checkpoints.fetch;

import java.io.Closeable;
import java.io.IOException;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow.Subscription;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * The body of an answer, piece by piece, each within a time limit: the JDK's own streams wait for
 * ever. One piece is asked for at a time, so that a slow disk slows the server down instead of
 * filling memory.
 */
final class BodyQueue implements BodySubscriber<BodyQueue>, Closeable {
  /** What the client has to say. */
  private sealed interface Signal {
    record Piece(List<ByteBuffer> buffers) implements Signal {}

    record End(Optional<Throwable> failure) implements Signal {}
  }

  private final BlockingQueue<Signal> signals = new LinkedBlockingQueue<>();
  private Subscription subscription;
  private boolean closed;

  @Override
  public CompletionStage<BodyQueue> getBody() {
    return CompletableFuture.completedStage(this);
  }

  @Override
  public synchronized void onSubscribe(Subscription s) {
    subscription = s;
    if (closed) {
      s.cancel();
    } else {
      s.request(1);
    }
  }

  @Override
  public void onNext(List<ByteBuffer> buffers) {
    signals.add(new Signal.Piece(buffers));
  }

  @Override
  public void onError(Throwable failure) {
    signals.add(new Signal.End(Optional.of(failure)));
  }

  @Override
  public void onComplete() {
    signals.add(new Signal.End(Optional.empty()));
  }

  /**
   * Waits for the next piece.
   *
   * @param stall how long at most
   * @return buffers to be read, empty at the end of the body
   * @throws Setback.Again if nothing comes in time, or the connection ends before the body does
   */
  Optional<List<ByteBuffer>> next(Duration stall) throws IOException, InterruptedException {
    Signal signal = signals.poll(stall.toNanos(), TimeUnit.NANOSECONDS);
    if (signal == null) {
      throw new Setback.Again("nothing came for " + Waits.text(stall), Optional.empty(), null);
    }
    if (signal instanceof Signal.Piece piece) {
      synchronized (this) {
        subscription.request(1);
      }
      return Optional.of(piece.buffers());
    }
    Optional<Throwable> failure = ((Signal.End) signal).failure();
    if (failure.isPresent()) {
      String why = "the connection broke off (" + failure.get().getMessage() + ")";
      throw new Setback.Again(why, Optional.empty(), failure.get());
    }
    return Optional.empty();
  }

  /** Ends the connection if the body has not ended. */
  @Override
  public synchronized void close() {
    closed = true;
    if (subscription != null) {
      subscription.cancel();
    }
  }
}
