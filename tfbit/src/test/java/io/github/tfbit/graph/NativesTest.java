package io.github.tfbit.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class NativesTest {
  private static final String LIBRARY = "libjnitensorflow.so";

  /** A class path that holds the natives of these classifiers. */
  private static Natives with(String... classifiers) {
    ClassLoader loader =
        new ClassLoader(null) {
          @Override
          protected Enumeration<URL> findResources(String name) throws IOException {
            List<URL> found = new ArrayList<>();
            for (String c : classifiers) {
              if (name.equals("org/tensorflow/internal/c_api/" + c + "/" + LIBRARY)) {
                found.add(jar(c, name));
              }
            }
            return Collections.enumeration(found);
          }
        };
    return new Natives(loader, "linux-x86_64", LIBRARY);
  }

  private static URL jar(String classifier, String entry) throws MalformedURLException {
    return URI.create("jar:file:/repo/native-" + classifier + ".jar!/" + entry).toURL();
  }

  @Test
  void oneNativeIsRight() {
    assertTrue(with("linux-x86_64").problem().isEmpty());
  }

  @Test
  void nativesOfOtherPlatformsDoNotCount() {
    assertTrue(with("linux-x86_64", "macosx-arm64", "windows-x86_64").problem().isEmpty());
  }

  @Test
  void namesTheDependencyToAddWhenThereIsNone() {
    assertEquals(
        "class path: expected one native library of TensorFlow for linux-x86_64, found none; add"
            + " the dependency org.tensorflow:tensorflow-core-native:1.1.0:linux-x86_64",
        with("macosx-arm64").problem().orElseThrow().message());
  }

  @Test
  void namesBothWhenThereAreTwo() {
    assertEquals(
        "class path: expected one native library of TensorFlow for linux-x86_64, found"
            + " org.tensorflow:tensorflow-core-native:1.1.0:linux-x86_64-gpu"
            + " (native-linux-x86_64-gpu.jar) and"
            + " org.tensorflow:tensorflow-core-native:1.1.0:linux-x86_64"
            + " (native-linux-x86_64.jar); remove the dependency on all but one of them;"
            + " linux-x86_64-gpu is the one for NVIDIA's GPUs",
        with("linux-x86_64", "linux-x86_64-gpu").problem().orElseThrow().message());
  }

  @Test
  void knowsTheNativeForGpus() {
    assertTrue(with("linux-x86_64-gpu").hasGpu());
    assertFalse(with("linux-x86_64").hasGpu());
  }

  @ParameterizedTest
  @CsvSource({
    "linux, amd64, linux-x86_64",
    "linux, aarch64, linux-arm64",
    "mac os x, aarch64, macosx-arm64",
    "windows 11, amd64, windows-x86_64"
  })
  void spellsThePlatformAsTheArtifactsDo(String os, String arch, String classifier) {
    assertEquals(classifier, Natives.platform(os, arch));
  }
}
