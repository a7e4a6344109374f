package io.github.tfbit.export;

import io.github.tfbit.converters.Activation;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** The page that lies in an export: what the model is, how to serve it, how to ask it. */
public final class ExportReadme {
  private static final String TEMPLATE = "export-readme.md";

  private ExportReadme() {}

  /**
   * Writes {@code README.md}. It names nothing of the machine; equal exports get equal bytes.
   *
   * @param directory the version's
   * @param model what clients call it
   * @param version its number
   * @param settings what the model is made of
   * @param precision that it computes in
   * @throws IOException if it cannot be written
   */
  public static void write(
      Path directory, String model, long version, ServingSettings settings, Precision precision)
      throws IOException {
    Map<String, String> values = new LinkedHashMap<>();
    values.put("model", model);
    values.put("version", Long.toString(version));
    values.put("architecture", settings.architecture().name());
    values.put("classes", Integer.toString(settings.head().classes()));
    values.put("features", Integer.toString(settings.architecture().features()));
    values.put("top", Integer.toString(settings.top()));
    values.put("height", Integer.toString(settings.size().height()));
    values.put("width", Integer.toString(settings.size().width()));
    values.put("activation", activation(settings.head().activation()));
    values.put("transparent", transparent(settings));
    values.put("precision", precision.describe());
    Files.writeString(directory.resolve("README.md"), filled(template(), values));
  }

  private static String activation(Activation activation) {
    return activation == Activation.SIGMOID
        ? "each the probability of its class on its own (sigmoid)"
        : "those of all classes add up to 1 (softmax)";
  }

  private static String transparent(ServingSettings settings) {
    return settings
        .background()
        .map(c -> "shown before " + c.red() + "," + c.green() + "," + c.blue())
        .orElse("taken as opaque");
  }

  private static String filled(String template, Map<String, String> values) {
    String text = template;
    for (Map.Entry<String, String> value : values.entrySet()) {
      text = text.replace("@" + value.getKey() + "@", value.getValue());
    }
    return text;
  }

  private static String template() throws IOException {
    try (InputStream in = ExportReadme.class.getResourceAsStream(TEMPLATE)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
