package io.github.tfbit.integration;

import io.github.tfbit.integration.cli.Cli;
import io.github.tfbit.integration.cli.Fixtures;
import io.github.tfbit.integration.cli.ServedModel;
import java.net.URI;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Clients that others wrote, and a browser, against {@code tfbit serve}. */
@Tag("python")
class ServingClientsTest {
  /** The model that the command carries. */
  private static final Path SMALL = Path.of("tfbit-R26x0.25");

  @TempDir private Path dir;

  private String[] pictures() throws java.io.IOException {
    String[] pictures = new String[3];
    for (int i = 0; i < pictures.length; i++) {
      pictures[i] = Fixtures.picture(dir.resolve(i + ".jpg"), i, i).toString();
    }
    return pictures;
  }

  @Test
  void pythonClientsGetWhatTheExportAnswersInPython() throws Exception {
    Path base = dir.resolve("small");
    Cli.run("export", "--model", SMALL, "--out", base).done();
    String[] p = pictures();
    try (ServedModel served = new ServedModel(SMALL, dir.resolve("messages"), "--name", "small")) {
      Python.tensorflow(
          "grpc_client.py",
          base.resolve("1").toString(),
          "127.0.0.1:" + served.grpcPort(),
          served.rest(),
          "small",
          p[0],
          p[1],
          p[2]);
    }
  }

  @Test
  void thePageAnswersAtADeskOnAPhoneAndByKeyboard() throws Exception {
    String[] p = pictures();
    try (ServedModel served = new ServedModel(SMALL, dir.resolve("messages"))) {
      Python.page(URI.create(served.rest()).resolve("/").toString(), p);
    }
  }
}
