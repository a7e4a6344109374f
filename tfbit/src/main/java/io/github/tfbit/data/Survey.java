package io.github.tfbit.data;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;

/**
 * What is in a data set, as far as a schedule depends on it.
 *
 * @param examples how many pictures
 * @param perClass how many of each class, in the order of the classes
 * @param typical size of the picture whose area is the median of those looked at; empty if no
 *     header could be read
 */
public record Survey(int examples, List<Integer> perClass, Optional<ImageSize> typical) {
  /** Pictures whose headers are read. */
  public static final int SAMPLE = 256;

  /** Copies the counts. */
  public Survey {
    perClass = List.copyOf(perClass);
  }

  static Survey of(ImageDataset data) throws IOException {
    int[] counts = new int[data.classes().size()];
    for (int i = 0; i < data.size(); i++) {
      for (int label : data.labels(i)) {
        counts[label]++;
      }
    }
    int looked = Math.min(SAMPLE, data.size());
    List<ImageSize> sizes = new ArrayList<>();
    for (int i = 0; i < looked; i++) {
      int index = (int) ((long) i * data.size() / looked);
      size(data.example(index).encoded()).ifPresent(sizes::add);
    }
    sizes.sort(Comparator.comparingLong(ImageSize::area));
    List<Integer> perClass = new ArrayList<>();
    for (int c : counts) {
      perClass.add(c);
    }
    Optional<ImageSize> median =
        sizes.isEmpty() ? Optional.empty() : Optional.of(sizes.get((sizes.size() - 1) / 2));
    return new Survey(data.size(), perClass, median);
  }

  /** Height and width from the header alone. */
  private static Optional<ImageSize> size(byte[] encoded) {
    try (ImageInputStream in = new MemoryCacheImageInputStream(new ByteArrayInputStream(encoded))) {
      Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
      if (!readers.hasNext()) {
        return Optional.empty();
      }
      ImageReader reader = readers.next();
      try {
        reader.setInput(in, true, true);
        return Optional.of(new ImageSize(reader.getHeight(0), reader.getWidth(0)));
      } finally {
        reader.dispose();
      }
    } catch (IOException | RuntimeException e) {
      // A broken header is the decoder's to report, with the picture's name; here it has no say.
      return Optional.empty();
    }
  }
}
