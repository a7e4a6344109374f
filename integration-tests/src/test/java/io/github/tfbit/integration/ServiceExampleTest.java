package io.github.tfbit.integration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.tfbit.BitModel;
import io.github.tfbit.data.ImageSource;
import io.github.tfbit.integration.cli.Fixtures;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServiceExampleTest {
  @TempDir private Path dir;

  @Test
  void answersManyAtOnceAndRefusesWhatIsNoPicture() throws Exception {
    Path weights = Fixtures.model(dir);
    byte[] picture = Files.readAllBytes(Fixtures.picture(dir.resolve("one.png"), 1, 1));
    String label;
    try (BitModel model = BitModel.open(weights)) {
      label = model.classify(ImageSource.of(picture)).best().label();
    }
    HttpClient client = HttpClient.newHttpClient();
    try (ServiceExample service = new ServiceExample(weights, 0)) {
      List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
      for (int i = 0; i < 40; i++) {
        byte[] body = i % 10 == 3 ? "text".getBytes(StandardCharsets.UTF_8) : picture;
        HttpRequest request =
            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + service.port() + "/classify"))
                .POST(BodyPublishers.ofByteArray(body))
                .build();
        answers.add(client.sendAsync(request, BodyHandlers.ofString()));
      }
      for (int i = 0; i < 40; i++) {
        HttpResponse<String> answer = answers.get(i).get();
        if (i % 10 == 3) {
          assertEquals(400, answer.statusCode());
          assertTrue(answer.body().contains("4 bytes that start with \"text\""), answer.body());
        } else {
          assertEquals(200, answer.statusCode());
          assertEquals(label, answer.body());
        }
      }
    }
  }
}
