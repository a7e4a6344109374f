package io.github.tfbit.graph;

import io.github.tfbit.converters.Architecture;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Function;

/**
 * The network once more, in plain Java, float64 and naive loops: written from the paper and the
 * published facts, and sharing nothing with the graph. NHWC and HWIO throughout.
 */
public final class ReferenceNetwork {
  /** Numbers with a shape {@code [n, h, w, c]}. */
  public static final class Array {
    private final double[] data;
    private final int n;
    private final int h;
    private final int w;
    private final int c;

    public Array(double[] data, int n, int h, int w, int c) {
      this.data = data;
      this.n = n;
      this.h = h;
      this.w = w;
      this.c = c;
    }

    double[] data() {
      return data;
    }

    int n() {
      return n;
    }

    int h() {
      return h;
    }

    int w() {
      return w;
    }

    int c() {
      return c;
    }

    double at(int i, int y, int x, int k) {
      return data[((i * h + y) * w + x) * c + k];
    }

    void set(int i, int y, int x, int k, double v) {
      data[((i * h + y) * w + x) * c + k] = v;
    }

    static Array of(int n, int h, int w, int c) {
      return new Array(new double[n * h * w * c], n, h, w, c);
    }
  }

  private final Architecture architecture;
  private final Function<String, double[]> weights;

  /** Weights by published name. */
  public ReferenceNetwork(Architecture architecture, Function<String, double[]> weights) {
    this.architecture = architecture;
    this.weights = weights;
  }

  /** Every endpoint, flat. */
  public Map<Endpoint, double[]> forward(Array images, int classes) {
    Map<Endpoint, double[]> out = new EnumMap<>(Endpoint.class);
    int r = architecture.rootChannels();
    double[] rootKernel = weights.apply("resnet/root_block/standardized_conv2d/kernel");
    Array x = convolve(images, standardize(rootKernel, r), 7, r, 2, 3);
    x = pool(x);
    out.put(Endpoint.ROOT_BLOCK, x.data());
    Endpoint[] blocks = {Endpoint.BLOCK1, Endpoint.BLOCK2, Endpoint.BLOCK3, Endpoint.BLOCK4};
    for (int b = 0; b < 4; b++) {
      int mid = r << b;
      for (int u = 0; u < architecture.units().get(b); u++) {
        String name = String.format("resnet/block%d/unit%02d/", b + 1, u + 1);
        x = unit(name, x, mid, u == 0 && b > 0 ? 2 : 1, u == 0);
      }
      out.put(blocks[b], x.data());
    }
    Array last = normRelu("resnet/group_norm", x);
    double[] features = new double[x.n() * x.c()];
    for (int i = 0; i < x.n(); i++) {
      for (int k = 0; k < x.c(); k++) {
        double sum = 0;
        for (int y = 0; y < x.h(); y++) {
          for (int z = 0; z < x.w(); z++) {
            sum += last.at(i, y, z, k);
          }
        }
        features[i * x.c() + k] = sum / (x.h() * x.w());
      }
    }
    out.put(Endpoint.PRE_LOGITS, features);
    double[] kernel = weights.apply("resnet/head/conv2d/kernel");
    double[] bias = weights.apply("resnet/head/conv2d/bias");
    double[] logits = new double[x.n() * classes];
    for (int i = 0; i < logits.length; i++) {
      double sum = bias[i % classes];
      for (int k = 0; k < x.c(); k++) {
        sum += features[i / classes * x.c() + k] * kernel[k * classes + i % classes];
      }
      logits[i] = sum;
    }
    out.put(Endpoint.LOGITS, logits);
    return out;
  }

  private Array unit(String name, Array x, int mid, int stride, boolean first) {
    Array before = normRelu(name + "a/group_norm", x);
    Array shortcut = x;
    if (first) {
      double[] w = weights.apply(name + "a/proj/standardized_conv2d/kernel");
      shortcut = convolve(before, standardize(w, 4 * mid), 1, 4 * mid, stride, 0);
    }
    double[] a = weights.apply(name + "a/standardized_conv2d/kernel");
    double[] b = weights.apply(name + "b/standardized_conv2d/kernel");
    double[] c = weights.apply(name + "c/standardized_conv2d/kernel");
    Array y = convolve(before, standardize(a, mid), 1, mid, 1, 0);
    y = convolve(normRelu(name + "b/group_norm", y), standardize(b, mid), 3, mid, stride, 1);
    Array z = normRelu(name + "c/group_norm", y);
    z = convolve(z, standardize(c, 4 * mid), 1, 4 * mid, 1, 0);
    for (int i = 0; i < z.data().length; i++) {
      z.data()[i] += shortcut.data()[i];
    }
    return z;
  }

  private Array normRelu(String name, Array x) {
    double[] gamma = weights.apply(name + "/gamma");
    double[] beta = weights.apply(name + "/beta");
    Array y = groupNorm(x, gamma, beta, architecture.groups());
    for (int i = 0; i < y.data().length; i++) {
      y.data()[i] = Math.max(0, y.data()[i]);
    }
    return y;
  }

  /** Mean and biased variance over positions and the channels of a group; eps 1e-5. */
  static Array groupNorm(Array x, double[] gamma, double[] beta, int groups) {
    Array out = Array.of(x.n(), x.h(), x.w(), x.c());
    int size = x.c() / groups;
    for (int i = 0; i < x.n(); i++) {
      for (int g = 0; g < groups; g++) {
        double mean = 0;
        double variance = 0;
        int count = x.h() * x.w() * size;
        for (int p = 0; p < count; p++) {
          mean += x.at(i, p / size / x.w(), p / size % x.w(), g * size + p % size) / count;
        }
        for (int p = 0; p < count; p++) {
          double v = x.at(i, p / size / x.w(), p / size % x.w(), g * size + p % size);
          variance += (v - mean) * (v - mean) / count;
        }
        for (int p = 0; p < count; p++) {
          int k = g * size + p % size;
          double v = x.at(i, p / size / x.w(), p / size % x.w(), k);
          double normal = (v - mean) / Math.sqrt(variance + 1e-5);
          out.set(i, p / size / x.w(), p / size % x.w(), k, gamma[k] * normal + beta[k]);
        }
      }
    }
    return out;
  }

  /** Mean and population variance over everything but the output channel; eps 1e-10. */
  static double[] standardize(double[] kernel, int outputs) {
    int n = kernel.length / outputs;
    double[] out = new double[kernel.length];
    for (int o = 0; o < outputs; o++) {
      double mean = 0;
      for (int i = 0; i < n; i++) {
        mean += kernel[i * outputs + o] / n;
      }
      double variance = 0;
      for (int i = 0; i < n; i++) {
        variance += Math.pow(kernel[i * outputs + o] - mean, 2) / n;
      }
      for (int i = 0; i < n; i++) {
        out[i * outputs + o] = (kernel[i * outputs + o] - mean) / Math.sqrt(variance + 1e-10);
      }
    }
    return out;
  }

  private static Array convolve(Array x, double[] kernel, int side, int outs, int stride, int pad) {
    Array out =
        Array.of(x.n(), reach(x.h(), side, stride, pad), reach(x.w(), side, stride, pad), outs);
    for (int i = 0; i < x.n(); i++) {
      for (int y = 0; y < out.h(); y++) {
        for (int z = 0; z < out.w(); z++) {
          position(x, kernel, side, out, i, y, z, y * stride - pad, z * stride - pad);
        }
      }
    }
    return out;
  }

  private static void position(
      Array x, double[] kernel, int side, Array out, int i, int y, int z, int top, int left) {
    for (int p = 0; p < side * side; p++) {
      int row = top + p / side;
      int column = left + p % side;
      if (row < 0 || row >= x.h() || column < 0 || column >= x.w()) {
        continue;
      }
      for (int k = 0; k < x.c(); k++) {
        double v = x.at(i, row, column, k);
        int from = (p * x.c() + k) * out.c();
        int to = ((i * out.h() + y) * out.w() + z) * out.c();
        for (int o = 0; o < out.c(); o++) {
          out.data()[to + o] += v * kernel[from + o];
        }
      }
    }
  }

  /** Largest of 3x3 at stride 2, where outside of the picture there are zeros. */
  private static Array pool(Array x) {
    Array out = Array.of(x.n(), reach(x.h(), 3, 2, 1), reach(x.w(), 3, 2, 1), x.c());
    for (int i = 0; i < out.data().length; i++) {
      int k = i % x.c();
      int z = i / x.c() % out.w();
      int y = i / x.c() / out.w() % out.h();
      int n = i / x.c() / out.w() / out.h();
      double max = Double.NEGATIVE_INFINITY;
      for (int p = 0; p < 9; p++) {
        int row = 2 * y - 1 + p / 3;
        int column = 2 * z - 1 + p % 3;
        boolean inside = row >= 0 && row < x.h() && column >= 0 && column < x.w();
        max = Math.max(max, inside ? x.at(n, row, column, k) : 0);
      }
      out.data()[i] = max;
    }
    return out;
  }

  private static int reach(int size, int side, int stride, int pad) {
    return (size + 2 * pad - side) / stride + 1;
  }
}
