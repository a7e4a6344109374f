package io.github.tfbit.integration;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.github.tfbit.BitModel;
import io.github.tfbit.Prediction;
import io.github.tfbit.batch.BatchQueue;
import io.github.tfbit.batch.QueueFullException;
import io.github.tfbit.data.ImageSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A service that names pictures, with nothing but the JDK around it: {@code POST /classify} takes a
 * picture's bytes and gives a label. One model, many threads, one queue.
 */
public final class ServiceExample implements AutoCloseable {
  private static final int LONGEST = 16 << 20;

  private final BitModel model;
  private final BatchQueue<ImageSource, Prediction> queue;
  private final ExecutorService threads = Executors.newFixedThreadPool(32);
  private final HttpServer http;

  /** Opens the model and starts to listen, on this machine only. */
  public ServiceExample(Path weights, int port) throws IOException {
    model = BitModel.open(weights);
    queue =
        BatchQueue.<ImageSource, Prediction>of(this::classify)
            .most(picture -> model.microBatch())
            .capacity(128)
            .build();
    http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    http.createContext("/classify", this::answer);
    http.setExecutor(threads);
    http.start();
  }

  /** On the queue's thread, with whatever waited: a bad picture is an answer, not an exception. */
  private List<Prediction> classify(List<ImageSource> pictures) {
    try {
      return model.classify(pictures);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // the pictures are in memory
    }
  }

  private void answer(HttpExchange exchange) throws IOException {
    byte[] picture = exchange.getRequestBody().readNBytes(LONGEST);
    try {
      Prediction answer = queue.submit(ImageSource.of(picture)).join();
      if (answer instanceof Prediction.Ranked ranked) {
        send(exchange, 200, ranked.best().label());
      } else {
        send(exchange, 400, ((Prediction.Refused) answer).why());
      }
    } catch (QueueFullException e) {
      send(exchange, 429, e.getMessage());
    }
  }

  private static void send(HttpExchange exchange, int status, String text) throws IOException {
    byte[] body = text.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  /** Where it listens. */
  public int port() {
    return http.getAddress().getPort();
  }

  /** From the outside in: no new requests, then those in hand, then the model. */
  @Override
  public void close() {
    http.stop(1);
    threads.shutdown();
    queue.close();
    model.close();
  }
}
