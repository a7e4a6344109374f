package io.github.tfbit.integration.cli;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.github.tfbit.cli.Main;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** {@code tfbit serve} in a process of its own, on free ports. */
public final class ServedModel implements AutoCloseable {
  private final Process process;
  private final JsonObject announced;

  /** Starts it and waits until it says where it listens. */
  public ServedModel(Path model, Path messages, Object... more) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx512m", "-cp", System.getProperty("java.class.path")));
    command.add(Main.class.getName());
    command.addAll(List.of("serve", "--json", "--model", model.toString()));
    command.addAll(List.of("--rest-port", "0", "--grpc-port", "0"));
    for (Object argument : more) {
      command.add(argument.toString());
    }
    File err = messages.toFile();
    process = new ProcessBuilder(command).redirectError(err).start();
    BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
    String line = out.readLine();
    if (line == null) {
      throw new IOException("no server: " + java.nio.file.Files.readString(messages));
    }
    announced = JsonParser.parseString(line).getAsJsonObject();
  }

  /** Such as {@code http://127.0.0.1:5000/v1/models/name}. */
  public String rest() {
    return announced.get("rest").getAsString();
  }

  /** The port of gRPC. */
  public int grpcPort() {
    return announced.get("grpc_port").getAsInt();
  }

  /** Asks it to end, and waits. */
  int stop() throws InterruptedException {
    process.destroy();
    if (!process.waitFor(60, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new IllegalStateException("the server did not stop");
    }
    return process.exitValue();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
