package io.github.tfbit.graph;

import static org.tensorflow.internal.c_api.global.tensorflow.TF_CloseSession;
import static org.tensorflow.internal.c_api.global.tensorflow.TF_DeleteDeviceList;
import static org.tensorflow.internal.c_api.global.tensorflow.TF_DeviceListCount;
import static org.tensorflow.internal.c_api.global.tensorflow.TF_DeviceListMemoryBytes;
import static org.tensorflow.internal.c_api.global.tensorflow.TF_DeviceListName;
import static org.tensorflow.internal.c_api.global.tensorflow.TF_DeviceListType;
import static org.tensorflow.internal.c_api.global.tensorflow.TF_SessionListDevices;
import static org.tensorflow.internal.c_api.global.tensorflow.TF_SetConfig;

import io.github.tfbit.checkpoints.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.PointerScope;
import org.tensorflow.TensorFlow;
import org.tensorflow.internal.c_api.TF_DeviceList;
import org.tensorflow.internal.c_api.TF_Graph;
import org.tensorflow.internal.c_api.TF_Session;
import org.tensorflow.internal.c_api.TF_SessionOptions;
import org.tensorflow.internal.c_api.TF_Status;
import org.tensorflow.proto.ConfigProto;

/** Which GPU TensorFlow sees, and if it sees none, why. */
final class Gpus {
  /** TensorFlow opens these by name and passes over every GPU if one of them does not open. */
  private static final List<String> CUDA =
      List.of(
          "libcudart.so.12",
          "libcublas.so.12",
          "libcublasLt.so.12",
          "libcufft.so.11",
          "libcusolver.so.11",
          "libcusparse.so.12");

  private static final String CUDNN = "libcudnn.so.9";
  private static final String DRIVER = "libcuda.so.1";

  private Gpus() {}

  /** Describes the GPU that was asked for, or says what is missing. */
  static String require(SessionOptions options) {
    boolean gpuNative = Natives.here().hasGpu();
    Optional<String> found = gpuNative ? find(options) : Optional.empty();
    return found.orElseThrow(
        () -> new RuntimeProblemException(missing(options.device(), gpuNative, loadedLibraries())));
  }

  /** Describes the first GPU that a session with these options has. */
  @SuppressWarnings("try") // The scope frees what is made inside it; nothing names it.
  static Optional<String> find(SessionOptions options) {
    ConfigProto config = options.config();
    TensorFlow.version(); // Loads the library, which the calls below do not.
    try (PointerScope scope = new PointerScope()) {
      TF_Status status = TF_Status.newStatus();
      TF_SessionOptions sessionOptions = TF_SessionOptions.newSessionOptions();
      TF_SetConfig(
          sessionOptions,
          new BytePointer(config.toByteArray()),
          config.getSerializedSize(),
          status);
      TF_Session session = TF_Session.newSession(TF_Graph.newGraph(), sessionOptions, status);
      status.throwExceptionIfNotOK();
      TF_DeviceList list = TF_SessionListDevices(session, status);
      status.throwExceptionIfNotOK();
      Optional<String> found = Optional.empty();
      for (int i = 0; i < TF_DeviceListCount(list) && found.isEmpty(); i++) {
        if (TF_DeviceListType(list, i, status).getString().equals("GPU")) {
          String name = TF_DeviceListName(list, i, status).getString();
          long bytes = TF_DeviceListMemoryBytes(list, i, status);
          found = Optional.of(name.replaceAll(".*device:", "") + ", " + (bytes >> 20) + " MiB");
        }
      }
      TF_DeleteDeviceList(list);
      TF_CloseSession(session, status);
      return found;
    }
  }

  /**
   * What keeps TensorFlow from using a GPU.
   *
   * @param asked the device
   * @param gpuNative whether the native that can use one is on the class path
   * @param loaded names of the libraries that this process has mapped
   */
  static Problem missing(Device asked, boolean gpuNative, Set<String> loaded) {
    String where = "device " + asked;
    if (!gpuNative) {
      return new Problem(
          "the native of TensorFlow for GPUs",
          "the one for the CPU",
          where,
          "replace the dependency's classifier by linux-x86_64-gpu (Maven profile gpu)");
    }
    if (!loaded.contains(DRIVER)) {
      return new Problem(
          "NVIDIA's driver (" + DRIVER + ")",
          "none that opens",
          where,
          "install the driver, 525 or newer; nvidia-smi shows whether it works");
    }
    List<String> cuda = CUDA.stream().filter(l -> !loaded.contains(l)).toList();
    if (!cuda.isEmpty()) {
      return new Problem(
          "the libraries of CUDA 12",
          "not " + String.join(", ", cuda),
          where,
          "install CUDA 12 (not 13) and let LD_LIBRARY_PATH name its folder");
    }
    if (!loaded.contains(CUDNN)) {
      return new Problem(
          "cuDNN 9", "not " + CUDNN, where, "install cuDNN 9 for CUDA 12 (not cuDNN 8)");
    }
    return new Problem(
        "a GPU of that index",
        "none",
        where,
        "see nvidia-smi for the GPUs there are, and CUDA_VISIBLE_DEVICES for those shown");
  }

  private static Set<String> loadedLibraries() {
    Path maps = Path.of("/proc/self/maps");
    try (Stream<String> lines = Files.lines(maps)) {
      return lines
          .filter(l -> l.contains(".so"))
          .map(l -> l.substring(l.lastIndexOf('/') + 1))
          .map(l -> l.replaceAll("(\\.so\\.\\d+).*", "$1"))
          .collect(Collectors.toSet());
    } catch (IOException e) {
      return Set.of();
    }
  }
}
