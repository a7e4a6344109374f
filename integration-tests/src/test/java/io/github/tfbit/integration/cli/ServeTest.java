package io.github.tfbit.integration.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServeTest {
  @TempDir private Path dir;

  @Test
  void answersWhatRequestPrintsAsPredictDoesAndStopsWhenAsked() throws Exception {
    Path model = Fixtures.model(dir);
    Path picture = Fixtures.picture(dir.resolve("one.jpg"), 1, 1);
    JsonObject predicted =
        Cli.run("predict", "--model", model, "--top", 1, "--json", picture).done().json();
    JsonObject best =
        predicted
            .getAsJsonArray("predictions")
            .get(0)
            .getAsJsonObject()
            .getAsJsonArray("top")
            .get(0)
            .getAsJsonObject();
    Path messages = dir.resolve("messages");
    try (ServedModel served = new ServedModel(model, messages, "--top", 2)) {
      assertTrue(served.rest().endsWith("/v1/models/tiny.npz"), served.rest());
      String body = Cli.run("request", picture).done().out();
      JsonObject answer = post(served.rest() + ":predict", body);
      JsonObject row = answer.getAsJsonArray("predictions").get(0).getAsJsonObject();
      assertEquals(2, row.getAsJsonArray("classes").size());
      assertEquals(
          best.get("label").getAsString(), row.getAsJsonArray("classes").get(0).getAsString());
      assertEquals(
          best.get("score").getAsDouble(), row.getAsJsonArray("scores").get(0).getAsDouble(), 1e-5);
      String examples = Cli.run("request", "--signature", "classify", picture).done().out();
      assertEquals(1, post(served.rest() + ":classify", examples).getAsJsonArray("results").size());
      served.stop();
    }
    String said = Files.readString(messages);
    assertTrue(said.contains("stopping: requests in hand are answered first"), said);
    assertTrue(said.contains("There is no authentication"), said);
  }

  private static JsonObject post(String address, String body)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(address)).POST(BodyPublishers.ofString(body)).build();
    HttpResponse<String> answer = HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
    assertEquals(200, answer.statusCode(), answer.body());
    return JsonParser.parseString(answer.body()).getAsJsonObject();
  }

  @Test
  void servesAnExportUnderItsNameAndVersion() throws Exception {
    Path base = dir.resolve("photos");
    Cli.run("export", "--model", Fixtures.model(dir), "--out", base, "--version", 7).done();
    try (ServedModel served = new ServedModel(base.resolve("7"), dir.resolve("messages"))) {
      assertTrue(served.rest().endsWith("/v1/models/photos"), served.rest());
      HttpRequest status = HttpRequest.newBuilder(URI.create(served.rest())).build();
      String body = HttpClient.newHttpClient().send(status, BodyHandlers.ofString()).body();
      assertTrue(body.contains("\"version\": \"7\""), body);
    }
  }

  @Test
  void refusesAPortThatIsTaken() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Cli.run(
              "serve",
              "--model",
              Fixtures.model(dir),
              "--rest-port",
              taken.getLocalPort(),
              "--grpc-port",
              0)
          .failed("two free ports on 127.0.0.1", "name other ports");
    }
  }

  @Test
  void refusesWrongSettings() throws IOException {
    Path model = Fixtures.model(dir);
    Cli.run("serve", "--model", model, "--rest-port", "http").misused("a port from 0 to 65535");
    Cli.run("serve", "--model", model, "--name", "a/b").misused("without slashes and colons");
    Cli.run("request", "--signature", "pixels", "a.jpg").misused("serving_default, features or");
    Cli.run("request", dir.resolve("none.jpg")).failed("none.jpg");
  }
}
