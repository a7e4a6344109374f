package io.github.tfbit.train;

import io.github.tfbit.converters.Activation;
import io.github.tfbit.data.ImageDataset;
import io.github.tfbit.image.BatchDecoder;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;

/**
 * Decoded micro-batches ahead of the step. One thread walks the steps in order; others fetch bytes
 * for it, and TensorFlow's decode in parallel. At most {@value #AHEAD} micro-batches of pixels wait
 * beside the one that is being trained on.
 *
 * <p>With MixUp the parts of a step come in the order 0, K - 1, 1, K - 2, …, because part k is
 * mixed with part K - 1 - k: the step's whole batch is paired with its reverse, two parts at a
 * time.
 *
 * <p>{@link #next} is for one thread; {@link #close} ends the threads and frees what waits.
 */
public final class InputPipeline implements MicroBatches {
  /** Micro-batches that wait decoded. */
  public static final int AHEAD = 2;

  private final PictureOrder order;
  private final Optional<MixUp> mixUp;
  private final int microBatch;
  private final PictureLoader loader;
  private final Semaphore room = new Semaphore(AHEAD + 1);
  private final BlockingQueue<Message> ready = new LinkedBlockingQueue<>();
  private final Thread walker;

  /** What the walking thread hands over. */
  private sealed interface Message {
    /** A part, ready. */
    record Part(MicroBatch batch) implements Message {}

    /** The end, or what went wrong. */
    record End(Optional<Throwable> failure) implements Message {}
  }

  /** How a part is mixed. */
  private enum Pairing {
    NONE,
    FIRST_OF_PAIR,
    SECOND_OF_PAIR,
    WITH_ITSELF
  }

  /** A part to come: where it lies in its step, and its bytes under way. */
  private record Work(
      int step,
      int offset,
      Pairing pairing,
      boolean last,
      List<Future<List<BatchDecoder.Prepared>>> bytes) {}

  /**
   * Cuts steps into micro-batches.
   *
   * @param order which pictures each step sees
   * @param microBatch pictures at a time; divides the step's with MixUp
   * @param mixUp whether and how pictures are mixed
   */
  public record Cut(PictureOrder order, int microBatch, Optional<MixUp> mixUp) {}

  private InputPipeline(Cut cut, PictureLoader loader, int firstStep) {
    order = cut.order();
    mixUp = cut.mixUp();
    microBatch = cut.microBatch();
    this.loader = loader;
    walker = new Thread(() -> walk(firstStep), "tfbit-input");
    walker.setDaemon(true);
  }

  /**
   * Starts decoding.
   *
   * @param data where pictures come from; stays the caller's
   * @param decoder how they are augmented; stays the caller's, to be closed after this
   * @param activation of the loss; softmax needs exactly one label a picture
   * @param cut the order and the parts
   * @param firstStep to begin at; earlier steps are not touched
   * @param threads that fetch; 0 for all cores
   * @return a running pipeline, to be closed
   */
  public static InputPipeline start(
      ImageDataset data,
      BatchDecoder decoder,
      Activation activation,
      Cut cut,
      int firstStep,
      int threads) {
    PictureLoader loader = new PictureLoader(data, decoder, activation, threads);
    InputPipeline pipeline = new InputPipeline(cut, loader, firstStep);
    pipeline.walker.start();
    return pipeline;
  }

  @Override
  public Optional<MicroBatch> next() throws IOException, InterruptedException {
    Message message = ready.take();
    if (message instanceof Message.Part part) {
      return Optional.of(part.batch());
    }
    ready.put(message);
    Throwable failure = ((Message.End) message).failure().orElse(null);
    if (failure instanceof IOException io) {
      throw io;
    }
    if (failure != null) {
      throw new IllegalStateException("preparing pictures failed: " + failure, failure);
    }
    return Optional.empty();
  }

  private void walk(int firstStep) {
    Optional<Throwable> failure = Optional.empty();
    Deque<MicroBatch> half = new ArrayDeque<>(1);
    try {
      Deque<Work> ahead = new ArrayDeque<>();
      for (int step = firstStep; step < order.steps(); step++) {
        int[] sources = order.sources(step);
        int parts = (sources.length + microBatch - 1) / microBatch;
        for (int nth = 0; nth < parts; nth++) {
          ahead.add(work(step, nth, parts, sources));
          if (ahead.size() > AHEAD) {
            hand(ahead.remove(), half);
          }
        }
      }
      while (!ahead.isEmpty()) {
        hand(ahead.remove(), half);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException | RuntimeException | Error e) {
      failure = Optional.of(e);
    } finally {
      half.forEach(MicroBatch::close);
      ready.add(new Message.End(failure));
    }
  }

  /** Starts fetching the nth part that a step hands over. */
  private Work work(int step, int nth, int parts, int[] sources) {
    boolean mixed = mixUp.isPresent();
    int k = !mixed ? nth : nth % 2 == 0 ? nth / 2 : parts - 1 - nth / 2;
    Pairing pairing =
        !mixed
            ? Pairing.NONE
            : 2 * k == parts - 1
                ? Pairing.WITH_ITSELF
                : nth % 2 == 0 ? Pairing.FIRST_OF_PAIR : Pairing.SECOND_OF_PAIR;
    int from = k * microBatch;
    int[] part = Arrays.copyOfRange(sources, from, Math.min(sources.length, from + microBatch));
    return new Work(step, from, pairing, nth == parts - 1, loader.fetch(part));
  }

  private void hand(Work work, Deque<MicroBatch> half) throws IOException, InterruptedException {
    room.acquire();
    long position = order.position(work.step()) + work.offset();
    MicroBatch batch;
    try {
      batch = loader.decode(work.bytes(), position, room::release);
    } catch (IOException | InterruptedException | RuntimeException | Error e) {
      room.release();
      throw e;
    }
    if (work.last()) {
      batch.endsStep();
    }
    switch (work.pairing()) {
      case NONE -> {}
      case FIRST_OF_PAIR -> {
        half.push(batch);
        return;
      }
      case SECOND_OF_PAIR -> {
        MicroBatch first = half.pop();
        mix(first, batch, work.step());
        ready.add(new Message.Part(first));
      }
      case WITH_ITSELF -> mix(batch, batch, work.step());
    }
    ready.add(new Message.Part(batch));
  }

  private void mix(MicroBatch a, MicroBatch b, int step) {
    float lambda = (float) mixUp.orElseThrow().lambda(step);
    MixUp.pair(a.inputs(), b.inputs(), lambda);
    MixUp.pair(a.labels(), b.labels(), lambda);
  }

  @Override
  public void close() {
    walker.interrupt();
    loader.close();
    boolean interrupted = false;
    while (walker.isAlive()) {
      try {
        walker.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    for (Message m : ready) {
      if (m instanceof Message.Part part) {
        part.batch().close();
      }
    }
    ready.clear();
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
