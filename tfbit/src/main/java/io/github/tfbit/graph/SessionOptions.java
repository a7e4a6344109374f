package io.github.tfbit.graph;

import java.util.Objects;
import org.tensorflow.proto.ConfigProto;
import org.tensorflow.proto.GPUOptions;

/**
 * How a session computes. TensorFlow keeps one pool of threads and one choice of GPUs for the
 * process: the first session decides both.
 *
 * @param device where
 * @param threads that compute; 0 for all cores
 * @param streams batches that are computed at the same time, each on its share of the threads; 1
 *     for one batch on all
 */
public record SessionOptions(Device device, int threads, int streams) {
  /** All cores, and a GPU if one is usable. */
  public static final SessionOptions DEFAULT = new SessionOptions(Device.AUTO, 0);

  /** Every stream holds its own intermediates. */
  private static final int MOST_STREAMS = 8;

  /** Checks the numbers. */
  public SessionOptions {
    Objects.requireNonNull(device, "device");
    if (threads < 0) {
      throw new IllegalArgumentException("expected 0 or more threads, found " + threads);
    }
    if (streams < 1) {
      throw new IllegalArgumentException("expected 1 or more streams, found " + streams);
    }
  }

  /**
   * One batch at a time.
   *
   * @param device where
   * @param threads that one operation may use, and operations at once; 0 for all cores
   */
  public SessionOptions(Device device, int threads) {
    this(device, threads, 1);
  }

  /**
   * The same for many pictures, by a fixed rule: on a CPU as many streams as threads, {@value
   * #MOST_STREAMS} at most, since a core that has pictures of its own waits for no other; on a GPU
   * one.
   *
   * @return with one stream or more
   */
  public SessionOptions forMany() {
    boolean cpu =
        device.kind() == Device.Kind.CPU
            || (device.kind() == Device.Kind.AUTO && !Natives.here().hasGpu());
    return new SessionOptions(device, threads, cpu ? Math.min(MOST_STREAMS, all()) : 1);
  }

  private int all() {
    return threads == 0 ? Runtime.getRuntime().availableProcessors() : threads;
  }

  /** Threads of one operation; 0 leaves it to TensorFlow, which takes all cores. */
  private int intraOp() {
    if (streams == 1) {
      return threads;
    }
    return Math.max(1, all() / streams);
  }

  /** Operations at once: a stream's operations one after the other. */
  private int interOp() {
    return streams == 1 ? threads : streams;
  }

  /** TensorFlow's form: GPU memory grows with need. */
  ConfigProto config() {
    ConfigProto.Builder config =
        ConfigProto.newBuilder()
            .setAllowSoftPlacement(true)
            .setIntraOpParallelismThreads(intraOp())
            .setInterOpParallelismThreads(interOp());
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
