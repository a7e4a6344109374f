package io.github.tfbit.converters.view;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Turns a kernel between {@code [outputs, inputs, height, width]} and {@code [height, width,
 * inputs, outputs]}, a band of the result's rows at a time and in tiles, so that neither side is
 * walked across its memory.
 *
 * <p>Both orders are matrices: PyTorch's has one row for each output, of {@code inputs * area}
 * columns; TensorFlow's has {@code area * inputs} rows of one column for each output. Column {@code
 * i * area + s} of the one is row {@code s * inputs + i} of the other.
 *
 * @param outputs channels
 * @param inputs channels
 * @param area height times width
 * @param width of an element, bytes
 */
record Kernels(int outputs, int inputs, int area, int width) {
  private static final int TILE = 64;

  /** Rows of the result. */
  int rows(Axes axes) {
    return axes == Axes.OIHW_TO_HWIO ? inputs * area : outputs;
  }

  /** Bytes of one row of the result. */
  int rowBytes(Axes axes) {
    return width * (axes == Axes.OIHW_TO_HWIO ? outputs : inputs * area);
  }

  /** Fills the target's remaining bytes with whole rows of the result, from one row on. */
  void rows(Axes axes, ByteBuffer source, int from, ByteBuffer target) {
    if (!target.hasRemaining()) {
      return;
    }
    ByteBuffer to = target.slice().order(ByteOrder.LITTLE_ENDIAN);
    ByteBuffer all = source.slice().order(ByteOrder.LITTLE_ENDIAN);
    int rows = to.remaining() / rowBytes(axes);
    if (axes == Axes.OIHW_TO_HWIO) {
      toHwio(all, from, rows, to);
    } else {
      toOihw(all, from, rows, to);
    }
    target.position(target.limit());
  }

  private void toHwio(ByteBuffer source, int from, int rows, ByteBuffer target) {
    int sourceRow = inputs * area * width;
    for (int r0 = 0; r0 < rows; r0 += TILE) {
      int r1 = Math.min(rows, r0 + TILE);
      for (int o0 = 0; o0 < outputs; o0 += TILE) {
        int n = Math.min(TILE, outputs - o0);
        for (int r = r0; r < r1; r++) {
          int row = from + r;
          int column = row % inputs * area + row / inputs;
          int at = o0 * sourceRow + column * width;
          gather(source, target, new Run(at, sourceRow, (r * outputs + o0) * width, width, n));
        }
      }
    }
  }

  private void toOihw(ByteBuffer source, int from, int rows, ByteBuffer target) {
    int columns = inputs * area;
    int step = outputs * width;
    for (int i0 = 0; i0 < inputs; i0 += TILE) {
      int i1 = Math.min(inputs, i0 + TILE);
      for (int r0 = 0; r0 < rows; r0 += TILE) {
        int r1 = Math.min(rows, r0 + TILE);
        for (int r = r0; r < r1; r++) {
          for (int place = 0; place < area; place++) {
            int at = (place * inputs + i0) * step + (from + r) * width;
            int to = (r * columns + i0 * area + place) * width;
            gather(source, target, new Run(at, step, to, area * width, i1 - i0));
          }
        }
      }
    }
  }

  /** Elements to copy: the first, and how far apart they lie, on either side, in bytes. */
  private record Run(int from, int step, int to, int toStep, int n) {}

  private void gather(ByteBuffer source, ByteBuffer target, Run run) {
    int at = run.from;
    int to = run.to;
    switch (width) {
      case 2 -> {
        for (int k = 0; k < run.n; k++, at += run.step, to += run.toStep) {
          target.putShort(to, source.getShort(at));
        }
      }
      case 4 -> {
        for (int k = 0; k < run.n; k++, at += run.step, to += run.toStep) {
          target.putInt(to, source.getInt(at));
        }
      }
      default -> {
        for (int k = 0; k < run.n; k++, at += run.step, to += run.toStep) {
          target.putLong(to, source.getLong(at));
        }
      }
    }
  }
}
