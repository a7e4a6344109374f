package io.github.tfbit.survey;

import io.github.tfbit.data.ImageSize;
import io.github.tfbit.image.PictureHeader;
import io.github.tfbit.image.PictureKind;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Counts headers; what it keeps does not grow with the number of pictures. For one thread. */
final class Tally {
  private static final Map<PictureHeader.Trait, Finding> TRAITS =
      Map.of(
          PictureHeader.Trait.ALPHA, Finding.TRANSPARENT,
          PictureHeader.Trait.ANIMATED, Finding.ANIMATED,
          PictureHeader.Trait.CMYK, Finding.CMYK,
          PictureHeader.Trait.GREY, Finding.GREY,
          PictureHeader.Trait.SIXTEEN_BITS, Finding.SIXTEEN_BITS);

  private final int[] perClass;
  private final Map<PictureKind, Integer> kinds = new EnumMap<>(PictureKind.class);
  private final Map<Finding, Integer> findings = new EnumMap<>(Finding.class);
  private Optional<ImageSize> smallest = Optional.empty();
  private Optional<ImageSize> largest = Optional.empty();
  private int pictures;

  Tally(int classes) {
    perClass = new int[classes];
  }

  void add(PictureHeader header, int[] labels) {
    pictures++;
    for (int label : labels) {
      perClass[label]++;
    }
    kinds.merge(header.kind(), 1, Integer::sum);
    header.traits().forEach(t -> found(TRAITS.get(t)));
    if (header.orientation() != 1) {
      found(Finding.TURNED);
    }
    size(header).ifPresentOrElse(this::add, () -> found(Finding.UNREADABLE));
  }

  int pictures() {
    return pictures;
  }

  /** The size as stored; headers of more than an int of pixels a side are damaged. */
  static Optional<ImageSize> size(PictureHeader header) {
    boolean sane =
        header.sized()
            && header.width() <= Integer.MAX_VALUE
            && header.height() <= Integer.MAX_VALUE;
    return sane
        ? Optional.of(new ImageSize((int) header.height(), (int) header.width()))
        : Optional.empty();
  }

  private void add(ImageSize size) {
    smallest = smallest.filter(s -> s.area() <= size.area()).or(() -> Optional.of(size));
    largest = largest.filter(s -> s.area() >= size.area()).or(() -> Optional.of(size));
    if (Math.min(size.height(), size.width()) < SplitSurvey.TINY) {
      found(Finding.TINY);
    }
    if (Math.max(size.height(), size.width()) > SplitSurvey.HUGE) {
      found(Finding.HUGE);
    }
  }

  private void found(Finding finding) {
    findings.merge(finding, 1, Integer::sum);
  }

  /** Adds another's counts, of pictures behind these. */
  void add(Tally next) {
    pictures += next.pictures;
    for (int c = 0; c < perClass.length; c++) {
      perClass[c] += next.perClass[c];
    }
    next.kinds.forEach((k, n) -> kinds.merge(k, n, Integer::sum));
    next.findings.forEach((f, n) -> findings.merge(f, n, Integer::sum));
    next.smallest.ifPresent(
        s -> smallest = smallest.filter(o -> o.area() <= s.area()).or(() -> next.smallest));
    next.largest.ifPresent(
        s -> largest = largest.filter(o -> o.area() >= s.area()).or(() -> next.largest));
  }

  SplitSurvey result(Optional<ImageSize> median) {
    List<Integer> counts = new ArrayList<>(perClass.length);
    for (int n : perClass) {
      counts.add(n);
    }
    Optional<SizeRange> sizes =
        median.map(m -> new SizeRange(smallest.orElse(m), m, largest.orElse(m)));
    return new SplitSurvey(pictures, counts, kinds, findings, sizes);
  }
}
