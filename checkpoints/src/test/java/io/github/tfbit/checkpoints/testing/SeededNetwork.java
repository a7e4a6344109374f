package io.github.tfbit.checkpoints.testing;

import io.github.tfbit.checkpoints.Checkpoint;
import io.github.tfbit.checkpoints.DType;
import io.github.tfbit.checkpoints.TensorInfo;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Random;

/**
 * Names and shapes of a published file, for tests: a network of bottleneck units, of any size. The
 * values follow from the name alone and are made when they are asked for.
 */
public final class SeededNetwork implements Checkpoint {
  private final List<TensorInfo> tensors = new ArrayList<>();

  private SeededNetwork() {}

  /** 45 tensors, 32 kB: four blocks of one unit, 2 root channels, 3 classes. */
  public static SeededNetwork small() {
    return of(List.of(1, 1, 1, 1), 2, 3);
  }

  /** 153 tensors, 94 MB: the smallest published network, with 10 classes. */
  public static SeededNetwork fullSize() {
    return of(List.of(3, 4, 6, 3), 64, 10);
  }

  private static SeededNetwork of(List<Integer> units, int channels, int classes) {
    SeededNetwork n = new SeededNetwork();
    n.kernel("resnet/root_block", 7, 3, channels);
    int in = channels;
    for (int b = 0; b < units.size(); b++) {
      int middle = channels << b;
      for (int u = 0; u < units.get(b); u++) {
        n.unit("resnet/block%d/unit%02d/".formatted(b + 1, u + 1), in, middle, u == 0);
        in = 4 * middle;
      }
    }
    n.norm("resnet", in);
    n.add("resnet/head/conv2d/kernel", 1, 1, in, classes);
    n.add("resnet/head/conv2d/bias", classes);
    return n;
  }

  private void unit(String prefix, int in, int middle, boolean first) {
    norm(prefix + "a", in);
    if (first) {
      kernel(prefix + "a/proj", 1, in, 4 * middle);
    }
    kernel(prefix + "a", 1, in, middle);
    norm(prefix + "b", middle);
    kernel(prefix + "b", 3, middle, middle);
    norm(prefix + "c", middle);
    kernel(prefix + "c", 1, middle, 4 * middle);
  }

  private void norm(String prefix, int channels) {
    add(prefix + "/group_norm/beta", channels);
    add(prefix + "/group_norm/gamma", channels);
  }

  private void kernel(String prefix, int side, int in, int out) {
    add(prefix + "/standardized_conv2d/kernel", side, side, in, out);
  }

  private void add(String name, Integer... shape) {
    tensors.add(new TensorInfo(name, DType.FLOAT32, List.of(shape)));
  }

  @Override
  public String source() {
    return "seeded network";
  }

  @Override
  public List<TensorInfo> tensors() {
    return List.copyOf(tensors);
  }

  @Override
  public void read(String name, ByteBuffer target) {
    target.put(bytes(name));
  }

  @Override
  public ByteBuffer bytes(String name) {
    TensorInfo info =
        find(name).orElseThrow(() -> new NoSuchElementException("no tensor '" + name + "'"));
    ByteBuffer b = ByteBuffer.allocate(Math.toIntExact(info.byteSize()));
    b.order(ByteOrder.LITTLE_ENDIAN);
    Random random = new Random(name.hashCode());
    while (b.hasRemaining()) {
      b.putFloat(random.nextFloat() - 0.5f);
    }
    return b.flip().asReadOnlyBuffer().order(ByteOrder.LITTLE_ENDIAN);
  }

  @Override
  public void close() {}
}
