package io.github.tfbit.serving;

import io.github.tfbit.BitModel;
import io.github.tfbit.converters.Architecture;
import io.github.tfbit.converters.testing.SeededCheckpoint;
import io.github.tfbit.data.ImageSize;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Base64;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import javax.imageio.ImageIO;

/** A server with a network of seeded weights, on free ports, and a client for it. */
final class Fixture implements AutoCloseable {
  static final Architecture TINY = new Architecture(List.of(1, 1, 1, 1), 8, 4);
  static final int CLASSES = 7;
  static final ImageSize SIZE = new ImageSize(32, 40);

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  final BitModel model;
  final ModelServer server;

  Fixture(Limits limits) throws IOException {
    model = BitModel.builder(SeededCheckpoint.of(TINY, CLASSES, 3)).size(SIZE).top(3).build();
    server =
        ModelServer.of(model)
            .name("tiny")
            .version(4)
            .restPort(0)
            .grpcPort(0)
            .limits(limits)
            .start();
  }

  HttpResponse<String> get(String path) {
    return send(HttpRequest.newBuilder(uri(path)).build());
  }

  HttpResponse<String> post(String path, String body) {
    return send(HttpRequest.newBuilder(uri(path)).POST(BodyPublishers.ofString(body)).build());
  }

  /** The body packed by gzip. */
  HttpResponse<String> postPacked(String path, byte[] body) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
      out.write(body);
    }
    return send(
        HttpRequest.newBuilder(uri(path))
            .header("Content-Encoding", "gzip")
            .POST(BodyPublishers.ofByteArray(packed.toByteArray()))
            .build());
  }

  URI uri(String path) {
    return URI.create("http://127.0.0.1:" + server.restPort() + path);
  }

  private HttpResponse<String> send(HttpRequest request) {
    try {
      return client.send(request, BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A drawn picture as a file. */
  static byte[] picture(int number, String format) {
    BufferedImage image = new BufferedImage(50, 37, BufferedImage.TYPE_INT_RGB);
    Graphics2D g = image.createGraphics();
    g.setColor(new Color(number * 37 % 256, number * 91 % 256, number * 53 % 256));
    g.fillRect(0, 0, 50, 37);
    g.setColor(new Color(number * 17 % 256, 255 - number * 29 % 256, 120));
    g.fillOval(number % 20, 5, 10 + number % 13, 12 + number % 9);
    g.dispose();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      ImageIO.write(image, format, out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }

  static String instances(byte[]... pictures) {
    StringBuilder body = new StringBuilder("{\"instances\": [");
    for (int i = 0; i < pictures.length; i++) {
      body.append(i == 0 ? "" : ", ").append("{\"image_bytes\": {\"b64\": \"");
      body.append(base64(pictures[i])).append("\"}}");
    }
    return body.append("]}").toString();
  }

  @Override
  public void close() {
    server.close();
    model.close();
  }
}
