package io.github.tfbit.graph;

import io.github.tfbit.checkpoints.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Which of TensorFlow's native libraries the class path holds; looks without loading any. */
final class Natives {
  private static final String FOLDER = "org/tensorflow/internal/c_api/";
  private static final String ARTIFACT = "org.tensorflow:tensorflow-core-native:1.1.0:";
  private static final String GPU = "-gpu";

  private final ClassLoader classPath;
  private final String platform;
  private final String library;

  Natives(ClassLoader classPath, String platform, String library) {
    this.classPath = classPath;
    this.platform = platform;
    this.library = library;
  }

  /** Those of this machine. */
  static Natives here() {
    String os = System.getProperty("os.name").toLowerCase(Locale.ROOT);
    String arch = System.getProperty("os.arch").toLowerCase(Locale.ROOT);
    return new Natives(
        Natives.class.getClassLoader(), platform(os, arch), System.mapLibraryName("jnitensorflow"));
  }

  /** The classifier of the artifact: {@code linux-x86_64} and the like. */
  static String platform(String os, String arch) {
    String system = os.startsWith("mac") ? "macosx" : os.startsWith("win") ? "windows" : "linux";
    String cpu = arch.equals("amd64") ? "x86_64" : arch.equals("aarch64") ? "arm64" : arch;
    return system + "-" + cpu;
  }

  /** Whether the native that can use a GPU is there. */
  boolean hasGpu() {
    return find().containsValue(platform + GPU);
  }

  /** What is wrong unless there is exactly one. */
  Optional<Problem> problem() {
    Map<String, String> found = find();
    String expected = "one native library of TensorFlow for " + platform;
    if (found.isEmpty()) {
      return Optional.of(
          new Problem(expected, "none", "class path", "add the dependency " + ARTIFACT + platform));
    }
    if (found.size() > 1) {
      List<String> natives = new ArrayList<>();
      found.forEach((jar, classifier) -> natives.add(ARTIFACT + classifier + " (" + jar + ")"));
      return Optional.of(
          new Problem(
              expected,
              String.join(" and ", natives),
              "class path",
              "remove the dependency on all but one of them; "
                  + (platform + GPU)
                  + " is the one for NVIDIA's GPUs"));
    }
    return Optional.empty();
  }

  /** Where each lies, and its classifier. */
  private Map<String, String> find() {
    Map<String, String> found = new TreeMap<>();
    for (String classifier : List.of(platform, platform + GPU)) {
      String resource = FOLDER + classifier + "/" + library;
      try {
        for (URL url : Collections.list(classPath.getResources(resource))) {
          String jar = url.toString().replace("!/" + resource, "");
          found.put(jar.substring(jar.lastIndexOf('/') + 1), classifier);
        }
      } catch (IOException e) {
        throw new UncheckedIOException("cannot look for " + resource, e);
      }
    }
    return found;
  }
}
