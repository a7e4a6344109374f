package io.github.tfbit.integration.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.tfbit.BitModel;
import io.github.tfbit.Doctor;
import io.github.tfbit.checkpoints.Existing;
import io.github.tfbit.checkpoints.npz.NpzWriter;
import io.github.tfbit.converters.Architecture;
import io.github.tfbit.converters.testing.SeededCheckpoint;
import io.github.tfbit.data.ImageSize;
import io.github.tfbit.doctor.Diagnosis;
import io.github.tfbit.integration.cli.Cli;
import io.github.tfbit.integration.cli.Fixtures;
import io.github.tfbit.serving.ModelServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same model in two forms gives no alarm; the command says what it finds. */
class DoctorPairsTest {
  private static final Architecture TINY = new Architecture(List.of(1, 1, 1, 1), 8, 4);

  @TempDir private Path dir;

  /** The forms of one model, all of them to answer alike. */
  private Map<String, String> forms(int seed, int classes) throws Exception {
    Path folder = Files.createDirectory(dir.resolve("model" + seed));
    Path npz = folder.resolve("tiny.npz");
    NpzWriter.write(npz, SeededCheckpoint.of(TINY, classes, seed), Existing.REFUSE);
    Map<String, String> forms = new LinkedHashMap<>();
    forms.put("npz", npz.toString());
    Path saved = folder.resolve("savedmodel");
    Cli.run("convert", "--model", npz, "--to", "savedmodel", "--out", saved).done();
    forms.put("savedmodel", saved.toString());
    int top = 1 + seed % 3;
    Path base = folder.resolve("exports");
    Cli.run("export", "--model", npz, "--out", base, "--size", 384, 384, "--top", top).done();
    forms.put("export of " + top, base.resolve("1").toString());
    Cli.run("export", "--model", npz, "--out", base, "--size", 384, 384, "--top", classes).done();
    forms.put("whole export", base.resolve("2").toString());
    return forms;
  }

  @Test
  void fiftyHealthyPairsGiveNoAlarm() throws Exception {
    List<String> alarms = new ArrayList<>();
    int pairs = 0;
    List<byte[]> two =
        List.of(
            Files.readAllBytes(Fixtures.picture(dir.resolve("one.png"), 1, 1)),
            Files.readAllBytes(Fixtures.picture(dir.resolve("two.jpg"), 2, 3)));
    for (int seed = 1; seed <= 5; seed++) {
      Map<String, String> forms = forms(seed, 2 + seed);
      try (BitModel model =
              BitModel.builder(Path.of(forms.get("npz"))).size(ImageSize.square(384)).build();
          ModelServer server = ModelServer.of(model).restPort(0).grpcPort(0).start()) {
        forms.put("REST", "http://127.0.0.1:" + server.restPort() + "/v1/models/model");
        List<String> names = List.copyOf(forms.keySet());
        for (int i = 0; i < names.size(); i++) {
          for (int j = i + 1; j < names.size(); j++) {
            String what = seed + ": " + names.get(i) + " and " + names.get(j);
            try (Doctor doctor = Doctor.of(forms.get(names.get(i)), forms.get(names.get(j)))) {
              Diagnosis found = seed == 1 ? doctor.examine() : doctor.examine(two);
              pairs++;
              if (!found.alike()) {
                alarms.add(what + ": " + found);
              }
            }
          }
        }
      }
    }
    assertTrue(pairs >= 50, pairs + " pairs");
    assertEquals(List.of(), alarms);
  }

  @Test
  void theCommandSaysWhatItFinds() throws Exception {
    Map<String, String> forms = forms(9, 4);
    String npz = forms.get("npz");
    Cli alike = Cli.run("doctor", npz, forms.get("savedmodel")).done();
    assertTrue(alike.out().contains("\nalike: "), alike.out());
    Path base = dir.resolve("other");
    Cli.run("export", "--model", npz, "--out", base, "--size", 64, 64).done();
    Cli sizes = Cli.run("doctor", npz, base.resolve("1"));
    assertEquals(1, sizes.status(), sizes.err());
    assertTrue(
        sizes.out().contains("it resizes pictures to another size (64 x 64 px)"), sizes.out());
    sizes.out().lines().filter(l -> !l.contains("/")).forEach(l -> assertTrue(l.length() <= 80, l));
    Cli json = Cli.run("doctor", npz, base.resolve("1"), "--json");
    assertEquals(
        "size",
        json.json()
            .getAsJsonArray("suspicions")
            .get(0)
            .getAsJsonObject()
            .getAsJsonArray("faults")
            .get(0)
            .getAsJsonObject()
            .get("fault")
            .getAsString());
    Path five = dir.resolve("five.npz");
    NpzWriter.write(five, SeededCheckpoint.of(TINY, 5, 9), Existing.REFUSE);
    Cli classes = Cli.run("doctor", npz, five);
    assertEquals(1, classes.status());
    assertTrue(classes.out().contains("another number of classes (5, not 4)"), classes.out());
  }

  @Test
  void refusesWhatCannotBeCompared() throws Exception {
    String npz = forms(8, 3).get("npz");
    Cli.run("doctor", npz, "http://127.0.0.1:9/v1/models/none")
        .failed("a REST endpoint", "no answer", "http://HOST:8501/v1/models/NAME");
    Cli nothing = Cli.run("doctor", npz, "/no/such/model").failed("/no/such/model");
    assertFalse(nothing.err().contains("--model"), nothing.err());
    for (String odd :
        List.of("http://127.0.0.1:9/", "http://x:70000/v1/models/a", "http://a b/c")) {
      Cli.run("doctor", npz, odd).failed("a REST endpoint", odd, "http://HOST:8501");
    }
    Cli.run("doctor", npz, dir.resolve("nothing")).failed("nothing");
    Path text = Files.writeString(dir.resolve("a.txt"), "no model");
    Cli.run("doctor", npz, text).failed("a.txt");
    Path folder = Files.createDirectory(dir.resolve("pictures"));
    Files.writeString(folder.resolve("a.jpg"), "no picture");
    Cli.run("doctor", npz, npz, "--data", folder).failed("a whole JPEG, PNG, GIF or BMP picture");
  }
}
