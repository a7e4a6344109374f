package io.github.tfbit.survey;

import io.github.tfbit.data.ImageDataset;
import io.github.tfbit.data.Stamp;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** Finds pictures of the same bytes by 128 bits of their SHA-256: 16 bytes of memory each. */
final class SameBytes {
  private static final int DIGITS = 16;

  private final List<Part> parts = new ArrayList<>();
  private int size;

  /** One part of the data set, from a place in the whole of it on. */
  private static final class Part {
    private final String name;
    private final int from;
    private final long[] first;
    private final long[] second;

    Part(String name, int from, int pictures) {
      this.name = name;
      this.from = from;
      first = new long[pictures];
      second = new long[pictures];
    }
  }

  /** Begins a part. */
  void start(String split, int pictures) {
    parts.add(new Part(split, size, pictures));
  }

  /** The next picture's hash in hexadecimal digits; empty for one that could not be read. */
  void add(String sha256) {
    Part part = parts.get(parts.size() - 1);
    int at = size++ - part.from;
    if (sha256.isEmpty()) {
      part.first[at] = size; // like no other
      return;
    }
    part.first[at] = HexFormat.fromHexDigitsToLong(sha256, 0, DIGITS);
    part.second[at] = HexFormat.fromHexDigitsToLong(sha256, DIGITS, 2 * DIGITS);
  }

  /** Pairs that should not be: a picture and the first of the same bytes before it. */
  List<SamePicture> pairs(Map<String, ImageDataset> splits) throws IOException {
    List<SamePicture> pairs = new ArrayList<>();
    int[] order = sorted();
    for (int i = 1, first = 0; i < order.length; i++) {
      if (!equal(order[first], order[i])) {
        first = i;
      } else if (pairs.size() < PictureCheck.MOST_PAIRS) {
        wrong(splits, order[first], order[i]).ifPresent(pairs::add);
      }
    }
    return pairs;
  }

  private int[] sorted() {
    return IntStream.range(0, size)
        .boxed()
        .sorted(
            Comparator.comparingLong(this::first)
                .thenComparingLong(this::second)
                .thenComparingInt(i -> i))
        .mapToInt(Integer::intValue)
        .toArray();
  }

  private boolean equal(int a, int b) {
    return first(a) == first(b) && second(a) == second(b);
  }

  private Optional<SamePicture> wrong(Map<String, ImageDataset> splits, int a, int b)
      throws IOException {
    Part first = part(a);
    Part second = part(b);
    ImageDataset one = splits.get(first.name);
    ImageDataset other = splits.get(second.name);
    int i = a - first.from;
    int j = b - second.from;
    if (first == second && Arrays.equals(one.labels(i), other.labels(j))) {
      return Optional.empty();
    }
    return Optional.of(new SamePicture(first.name, name(one, i), second.name, name(other, j)));
  }

  private static String name(ImageDataset data, int index) throws IOException {
    Optional<Stamp> stamp = data.stamp(index);
    return stamp.isPresent() ? stamp.get().key() : data.example(index).id();
  }

  private long first(int at) {
    Part part = part(at);
    return part.first[at - part.from];
  }

  private long second(int at) {
    Part part = part(at);
    return part.second[at - part.from];
  }

  private Part part(int at) {
    int last = parts.size() - 1;
    while (parts.get(last).from > at) {
      last--;
    }
    return parts.get(last);
  }
}
