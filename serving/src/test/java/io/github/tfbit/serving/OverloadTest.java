package io.github.tfbit.serving;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class OverloadTest {
  private static final byte[] PICTURE = Fixture.picture(1, "png");
  private static final String ONE = Fixture.instances(PICTURE);
  private static final int CALLERS = 32;

  private static Limits limits(int requests, int pictures) {
    return new Limits(1 << 20, requests, pictures, Duration.ofSeconds(10));
  }

  /** Many at the same time: all are answered, or refused in clear words. */
  private static int refusedOf(Fixture fixture, String body, String words) throws Exception {
    ExecutorService callers = Executors.newFixedThreadPool(CALLERS);
    int refused = 0;
    try {
      List<Future<HttpResponse<String>>> answers = new ArrayList<>();
      for (int i = 0; i < 10 * CALLERS; i++) {
        answers.add(callers.submit(() -> fixture.post("/v1/models/tiny:predict", body)));
      }
      for (Future<HttpResponse<String>> answer : answers) {
        if (answer.get().statusCode() != 200) {
          assertEquals(429, answer.get().statusCode(), answer.get().body());
          assertTrue(answer.get().body().contains(words), answer.get().body());
          refused++;
        }
      }
    } finally {
      callers.shutdown();
    }
    for (int i = 0; i < 5; i++) { // and then all is as before
      assertEquals(200, fixture.post("/v1/models/tiny:predict", ONE).statusCode());
    }
    return refused;
  }

  @Test
  void refusesPicturesThatDoNotFitIntoTheQueue() throws Exception {
    try (Fixture fixture = new Fixture(limits(256, 9))) {
      String nine =
          Fixture.instances(
              PICTURE, PICTURE, PICTURE, PICTURE, PICTURE, PICTURE, PICTURE, PICTURE, PICTURE);
      assertTrue(refusedOf(fixture, nine, "the queue is full: 9 pictures are in hand") > 0);
      String metrics = fixture.get("/metrics").body();
      assertTrue(metrics.contains("tfbit_pictures_in_hand 0"), metrics);
      assertTrue(metrics.contains("tfbit_refused_total"), metrics);
    }
  }

  @Test
  void refusesRequestsBeyondTheirNumber() throws Exception {
    try (Fixture fixture = new Fixture(limits(2, 512))) {
      assertTrue(refusedOf(fixture, ONE, "2 requests are in hand") > 0);
    }
  }

  @Test
  void aRequestThatNeverFitsIsInvalid() throws IOException {
    try (Fixture fixture = new Fixture(limits(256, 2))) {
      HttpResponse<String> answer =
          fixture.post("/v1/models/tiny:predict", Fixture.instances(PICTURE, PICTURE, PICTURE));
      assertEquals(400, answer.statusCode());
      assertTrue(answer.body().contains("at most 2 pictures in one request"), answer.body());
    }
  }

  /** Whoever was taken before the server was told to stop gets his answer. */
  @Test
  void stoppingAnswersWhatIsInHand() throws Exception {
    ExecutorService callers = Executors.newFixedThreadPool(8);
    List<Future<Integer>> answers = new ArrayList<>();
    byte[][] many = new byte[200][];
    java.util.Arrays.fill(many, PICTURE);
    String body = Fixture.instances(many);
    Fixture fixture = new Fixture(new Limits(64 << 20, 256, 2048, Duration.ofSeconds(30)));
    try {
      for (int i = 0; i < 8; i++) {
        answers.add(
            callers.submit(() -> fixture.post("/v1/models/tiny:predict", body).statusCode()));
      }
      while (!fixture.get("/metrics").body().contains("tfbit_pictures_in_hand 1")) {
        Thread.sleep(1); // 1,000 and more are in hand
      }
    } finally {
      fixture.close();
      callers.shutdown();
    }
    for (Future<Integer> answer : answers) {
      assertEquals(200, answer.get());
    }
  }
}
