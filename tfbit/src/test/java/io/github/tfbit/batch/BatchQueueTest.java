package io.github.tfbit.batch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class BatchQueueTest {
  private final List<List<Integer>> batches = new ArrayList<>();
  private final CountDownLatch begun = new CountDownLatch(1);
  private final CountDownLatch go = new CountDownLatch(1);

  /** Squares; the first batch waits until it may go on. */
  private List<Integer> squares(List<Integer> batch) {
    begun.countDown();
    try {
      assertTrue(go.await(30, TimeUnit.SECONDS));
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    synchronized (batches) {
      batches.add(List.copyOf(batch));
    }
    if (batch.contains(-1)) {
      throw new IllegalArgumentException("no root of " + batch);
    }
    return batch.stream().map(i -> i * i).toList();
  }

  private BatchQueue.Builder<Integer, Integer> queue() {
    return BatchQueue.of(this::squares);
  }

  /** Occupies the only worker, so that what follows waits. */
  private void occupy(BatchQueue<Integer, Integer> queue) throws InterruptedException {
    CompletableFuture<Integer> unused = queue.submit(100);
    assertTrue(begun.await(30, TimeUnit.SECONDS));
  }

  @Test
  void computesTogetherWhatWaitsAtTheSameTime() throws InterruptedException {
    try (BatchQueue<Integer, Integer> queue = queue().most(i -> 3).build()) {
      occupy(queue);
      List<CompletableFuture<Integer>> rest = queue.submitAll(List.of(1, 2, 3, 4));
      assertEquals(4, queue.waiting());
      go.countDown();
      assertEquals(List.of(1, 4, 9, 16), rest.stream().map(CompletableFuture::join).toList());
    }
    assertEquals(List.of(List.of(100), List.of(1, 2, 3), List.of(4)), batches);
  }

  @Test
  void doesNotMixKinds() throws InterruptedException {
    try (BatchQueue<Integer, Integer> queue = queue().kind(i -> i % 2).build()) {
      occupy(queue);
      queue.submitAll(List.of(1, 2, 3, 4));
      go.countDown();
    }
    assertEquals(List.of(List.of(100), List.of(1, 3), List.of(2, 4)), batches);
  }

  @Test
  void aFailureIsItsOwnOnly() throws InterruptedException {
    try (BatchQueue<Integer, Integer> queue = queue().build()) {
      occupy(queue);
      List<CompletableFuture<Integer>> rest = queue.submitAll(List.of(1, -1, 3));
      go.countDown();
      assertEquals(1, rest.get(0).join());
      assertEquals(9, rest.get(2).join());
      CompletionException e = assertThrows(CompletionException.class, () -> rest.get(1).join());
      assertEquals("no root of [-1]", e.getCause().getMessage());
    }
  }

  @Test
  void refusesWhatDoesNotFitAndTakesItLater() throws InterruptedException {
    try (BatchQueue<Integer, Integer> queue = queue().capacity(2).build()) {
      occupy(queue);
      List<CompletableFuture<Integer>> some = queue.submitAll(List.of(1, 2));
      QueueFullException full = assertThrows(QueueFullException.class, () -> queue.submit(3));
      assertTrue(full.getMessage().contains("at most 2 waiting"), full.getMessage());
      go.countDown();
      some.forEach(CompletableFuture::join);
      assertEquals(9, queue.submit(3).join());
    }
  }

  @Test
  void cancelledRequestsMakeRoomAndAreNotComputed() throws InterruptedException {
    try (BatchQueue<Integer, Integer> queue = queue().capacity(2).build()) {
      occupy(queue);
      queue.submit(1).cancel(false);
      queue.submit(2).cancel(false);
      CompletableFuture<Integer> third = queue.submit(3);
      go.countDown();
      assertEquals(9, third.join());
    }
    assertEquals(List.of(List.of(100), List.of(3)), batches);
  }

  @Test
  void closingAnswersWhatWaitsAndRefusesTheRest() throws InterruptedException {
    BatchQueue<Integer, Integer> queue = queue().build();
    occupy(queue);
    CompletableFuture<Integer> waiting = queue.submit(5);
    go.countDown();
    queue.close();
    assertEquals(25, waiting.getNow(-1));
    assertThrows(RejectedExecutionException.class, () -> queue.submit(6));
    queue.close();
  }

  @Test
  void manyThreadsGetTheirOwnAnswers() throws Exception {
    go.countDown();
    ExecutorService callers = Executors.newFixedThreadPool(16);
    try (BatchQueue<Integer, Integer> queue = queue().workers(2).capacity(16).build()) {
      List<Future<Boolean>> right = new ArrayList<>();
      for (int i = 0; i < 2000; i++) {
        int number = i;
        right.add(callers.submit(() -> queue.submit(number).join() == number * number));
      }
      for (Future<Boolean> answer : right) {
        assertTrue(answer.get());
      }
    } finally {
      callers.shutdown();
    }
  }

  @Test
  void refusesSettingsThatMakeNoQueue() {
    assertThrows(IllegalArgumentException.class, () -> queue().capacity(0));
    assertThrows(IllegalArgumentException.class, () -> queue().workers(0));
  }
}
