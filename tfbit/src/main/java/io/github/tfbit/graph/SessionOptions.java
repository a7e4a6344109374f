package io.github.tfbit.graph;

import java.util.Objects;
import org.tensorflow.proto.ConfigProto;
import org.tensorflow.proto.GPUOptions;

/**
 * How a session computes. TensorFlow keeps one pool of threads and one choice of GPUs for the
 * process: the first session decides both.
 *
 * @param device where
 * @param threads that one operation may use, and operations at once; 0 for all cores
 */
public record SessionOptions(Device device, int threads) {
  /** All cores, and a GPU if one is usable. */
  public static final SessionOptions DEFAULT = new SessionOptions(Device.AUTO, 0);

  /** Checks the number of threads. */
  public SessionOptions {
    Objects.requireNonNull(device, "device");
    if (threads < 0) {
      throw new IllegalArgumentException("expected 0 or more threads, found " + threads);
    }
  }

  /** TensorFlow's form: GPU memory grows with need. */
  ConfigProto config() {
    ConfigProto.Builder config =
        ConfigProto.newBuilder()
            .setAllowSoftPlacement(true)
            .setIntraOpParallelismThreads(threads)
            .setInterOpParallelismThreads(threads);
    if (device.kind() == Device.Kind.CPU) {
      config.putDeviceCount("GPU", 0);
    } else {
      GPUOptions.Builder gpu = GPUOptions.newBuilder().setAllowGrowth(true);
      if (device.kind() == Device.Kind.GPU) {
        gpu.setVisibleDeviceList(String.valueOf(device.index()));
      }
      config.setGpuOptions(gpu);
    }
    return config.build();
  }
}
