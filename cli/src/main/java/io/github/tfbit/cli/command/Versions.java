package io.github.tfbit.cli.command;

import com.google.gson.JsonObject;
import io.github.tfbit.graph.RuntimeProblemException;
import io.github.tfbit.graph.SessionOptions;
import io.github.tfbit.graph.TensorFlowRuntime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tensorflow.TensorFlow;

/** What runs here, for {@code --version} and for reports. */
public final class Versions {
  private Versions() {}

  /**
   * The version of tfbit.
   *
   * @return as its jar says, {@code development} outside a jar
   */
  public static String tfbit() {
    String version = Versions.class.getPackage().getImplementationVersion();
    return version == null ? "development" : version;
  }

  /**
   * Everything that matters for an error report. Loads TensorFlow.
   *
   * @return one line each
   */
  public static List<String> lines() {
    Map<String, String> all = all();
    return all.entrySet().stream()
        .map(e -> e.getKey() + " ".repeat(12 - e.getKey().length()) + e.getValue())
        .toList();
  }

  /**
   * The same for programs.
   *
   * @return one property each
   */
  static JsonObject json() {
    JsonObject json = new JsonObject();
    all().forEach(json::addProperty);
    return json;
  }

  private static Map<String, String> all() {
    Map<String, String> all = new LinkedHashMap<>();
    all.put("tfbit", tfbit());
    String tensorFlow;
    String devices;
    try {
      devices = TensorFlowRuntime.describe(SessionOptions.DEFAULT);
      tensorFlow = TensorFlow.version();
    } catch (RuntimeProblemException e) {
      tensorFlow = "not usable";
      devices = e.problem().message();
    }
    all.put("tensorflow", tensorFlow);
    all.put(
        "jdk", System.getProperty("java.version") + ", " + System.getProperty("java.vm.vendor"));
    all.put("platform", System.getProperty("os.name") + " " + System.getProperty("os.arch"));
    all.put("device", devices);
    return all;
  }
}
