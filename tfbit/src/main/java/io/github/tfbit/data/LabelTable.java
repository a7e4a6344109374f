package io.github.tfbit.data;

import java.util.Arrays;

/** The labels of very many pictures, mostly one each. Filled by one thread, then read by any. */
final class LabelTable {
  private int[] starts = new int[16];
  private int[] values = new int[16];
  private int size;

  /** Adds the labels of the next picture. */
  void add(int... labels) {
    if (size + 1 == starts.length) {
      starts = Arrays.copyOf(starts, more(starts.length));
    }
    int end = starts[size];
    while (end + labels.length > values.length) {
      values = Arrays.copyOf(values, more(values.length));
    }
    System.arraycopy(labels, 0, values, end, labels.length);
    starts[++size] = end + labels.length;
  }

  private static int more(int length) {
    return (int) Math.min(Integer.MAX_VALUE - 8L, length * 3L / 2);
  }

  int size() {
    return size;
  }

  int[] get(int index) {
    return Arrays.copyOfRange(values, starts[index], starts[index + 1]);
  }

  /** The same pictures with label {@code l} as {@code to[l]}. */
  LabelTable mapped(int[] to) {
    LabelTable table = new LabelTable();
    table.starts = Arrays.copyOf(starts, size + 2);
    table.size = size;
    table.values = Arrays.copyOf(values, starts[size]);
    for (int i = 0; i < table.values.length; i++) {
      table.values[i] = to[table.values[i]];
    }
    return table;
  }
}
