package io.github.tfbit.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tensorflow.Graph;

final class DeviceTest {
  private static final Device GPU = Device.parse("gpu");
  private static final List<String> SEVEN =
      List.of(
          "libcuda.so.1",
          "libcudart.so.12",
          "libcublas.so.12",
          "libcublasLt.so.12",
          "libcufft.so.11",
          "libcusolver.so.11",
          "libcusparse.so.12",
          "libcudnn.so.9");

  private static Set<String> without(String... names) {
    Set<String> some = new HashSet<>(SEVEN);
    some.removeAll(List.of(names));
    return some;
  }

  @ParameterizedTest
  @CsvSource({"auto, auto", "CPU, cpu", "gpu, gpu:0", "gpu:1, gpu:1"})
  void readsTheCommandLinesSpelling(String text, String device) {
    assertEquals(device, Device.parse(text).toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "tpu", "gpu:", "gpu:-1", "cpu:0"})
  void refusesAnyOther(String text) {
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> Device.parse(text));
    assertEquals("expected auto, cpu, gpu or gpu:N, found '" + text + "'", e.getMessage());
  }

  @Test
  void saysThatTheNativeIsTheCpus() {
    String message = Gpus.missing(GPU, false, Set.of()).message();
    assertTrue(message.startsWith("device gpu:0: expected the native of TensorFlow for GPUs"));
    assertTrue(message.contains("linux-x86_64-gpu"), message);
  }

  @Test
  void saysThatTheDriverIsMissing() {
    String message = Gpus.missing(GPU, true, without("libcuda.so.1")).message();
    assertTrue(message.contains("expected NVIDIA's driver (libcuda.so.1)"), message);
  }

  @Test
  void namesTheLibrariesOfCudaThatDidNotOpen() {
    Set<String> loaded = without("libcublas.so.12", "libcufft.so.11");
    String message = Gpus.missing(GPU, true, loaded).message();
    assertTrue(message.contains("CUDA 12, found not libcublas.so.12, libcufft.so.11;"), message);
  }

  @Test
  void saysThatCudnnIsMissing() {
    String message = Gpus.missing(GPU, true, without("libcudnn.so.9")).message();
    assertTrue(message.contains("expected cuDNN 9, found not libcudnn.so.9;"), message);
  }

  @Test
  void saysThatThereIsNoGpuWhereEveryLibraryIs() {
    String message = Gpus.missing(Device.parse("gpu:3"), true, without()).message();
    assertTrue(message.startsWith("device gpu:3: expected a GPU of that index, found none"));
  }

  @Test
  void theCpusNativeRefusesAGpuBeforeASessionOpens() {
    TensorFlowRuntime.prepare();
    try (Graph graph = new Graph()) {
      SessionOptions options = new SessionOptions(GPU, 0);
      RuntimeProblemException e =
          assertThrows(
              RuntimeProblemException.class, () -> TensorFlowRuntime.open(graph, options).close());
      assertEquals("device gpu:0", e.problem().where());
    }
  }

  @Test
  void describesTheCpuWithItsThreads() {
    assertEquals("CPU, 1 thread", TensorFlowRuntime.describe(new SessionOptions(Device.CPU, 1)));
    assertEquals("CPU, 3 threads", TensorFlowRuntime.describe(new SessionOptions(Device.AUTO, 3)));
  }

  @Test
  void liftsTheMemoryLimitUnlessTheUserSetOne() {
    TensorFlowRuntime.prepare();
    assertEquals("0", System.getProperty("org.bytedeco.javacpp.maxPhysicalBytes"));
  }
}
