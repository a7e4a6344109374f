package io.github.tfbit.doctor;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import io.github.tfbit.checkpoints.Problem;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A model behind TensorFlow Serving's REST interface, asked by encoded pictures one by one. */
public final class RestPatient implements Patient {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final URI address;
  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(10))
          .build();

  /**
   * Names an endpoint; nothing is asked yet.
   *
   * @param address such as {@code http://localhost:8501/v1/models/photos}
   * @throws UnusableModelException if it is no such address
   */
  public RestPatient(String address) throws UnusableModelException {
    String base =
        address.endsWith(":predict") ? address.substring(0, address.length() - 8) : address;
    String text = base.endsWith("/") ? base.substring(0, base.length() - 1) : base;
    try {
      this.address = new URI(text);
    } catch (URISyntaxException e) {
      throw unusable(Problem.shown(String.valueOf(e.getMessage())), address);
    }
    if (!String.valueOf(this.address.getPath()).contains("/models/")
        || this.address.getHost() == null
        || this.address.getPort() > 65535) {
      throw unusable("an address of something else", address);
    }
  }

  @Override
  public String name() {
    return address.toString();
  }

  @Override
  public List<Answer> answers(List<byte[]> pictures) throws IOException {
    List<Answer> answers = new ArrayList<>();
    for (byte[] picture : pictures) {
      answers.add(answer(picture));
    }
    return answers;
  }

  private Answer answer(byte[] picture) throws IOException {
    String bytes = Base64.getEncoder().encodeToString(picture);
    String body = "{\"instances\": [{\"b64\": \"" + bytes + "\"}]}";
    HttpResponse<String> response = send(body);
    if (response.statusCode() != 200) {
      throw unusable("status " + response.statusCode() + ": " + Problem.shown(response.body()));
    }
    try {
      JsonElement row =
          JsonParser.parseString(response.body())
              .getAsJsonObject()
              .getAsJsonArray("predictions")
              .get(0);
      return answer(row);
    } catch (JsonParseException
        | IllegalStateException
        | NullPointerException
        | IndexOutOfBoundsException
        | UnsupportedOperationException e) {
      throw unusable("an answer without predictions: " + Problem.shown(response.body()));
    }
  }

  /** One row: an object by alias, or the sole output alone. */
  private Answer answer(JsonElement row) throws IOException {
    if (row.isJsonArray()) {
      float[] scores = floats(row.getAsJsonArray());
      return new Answer(Outputs.numbered(scores.length), scores);
    }
    JsonObject outputs = row.getAsJsonObject();
    Set<String> aliases = outputs.keySet();
    Optional<String> scores = Outputs.scores(aliases);
    if (scores.isEmpty()) {
      throw unusable("an answer without scores, but with " + aliases);
    }
    float[] values = floats(outputs.getAsJsonArray(scores.get()));
    List<String> classes = new ArrayList<>();
    Outputs.classes(aliases)
        .ifPresent(c -> outputs.getAsJsonArray(c).forEach(name -> classes.add(name.getAsString())));
    return new Answer(classes.isEmpty() ? Outputs.numbered(values.length) : classes, values);
  }

  private static float[] floats(JsonArray array) {
    float[] values = new float[array.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = array.get(i).getAsFloat();
    }
    return values;
  }

  private HttpResponse<String> send(String body) throws IOException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(address + ":predict"))
            .timeout(PATIENCE)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body))
            .build();
    try {
      return client.send(request, BodyHandlers.ofString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while waiting for " + address);
    } catch (IOException e) {
      throw unusable("no answer: " + e);
    }
  }

  private UnusableModelException unusable(String found) {
    return unusable(found, address.toString());
  }

  private static UnusableModelException unusable(String found, String where) {
    return new UnusableModelException(
        new Problem(
            "a REST endpoint that takes encoded pictures and gives scores",
            found,
            where,
            "give the address up to the model's name: http://HOST:8501/v1/models/NAME"));
  }

  @Override
  public void close() {
    // Java 17's client ends with its last reference.
  }
}
