package io.github.tfbit.survey;

import io.github.tfbit.data.ImageDataset;
import io.github.tfbit.data.ImageSize;
import io.github.tfbit.image.PictureHeader;
import io.github.tfbit.image.PictureKind;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.LongConsumer;

/** Reads the headers of one part of a data set, on several threads, a stretch of it each time. */
final class HeaderReader {
  /** Enough for the size of most files; colour profiles and previews of others need more. */
  private static final int FIRST = 4 << 10;

  private static final int MORE = 512 << 10;
  private static final int STRETCH = 512;

  private final ImageDataset data;
  private final int stride;
  private final ImageSize[] sampled;

  HeaderReader(ImageDataset data) {
    this.data = data;
    stride = Math.max(1, (data.size() + SizeRange.SAMPLE - 1) / SizeRange.SAMPLE);
    sampled = new ImageSize[(data.size() + stride - 1) / stride];
  }

  /**
   * Reads them.
   *
   * @param threads at least 1
   * @param done told after each stretch how many more were read; may throw to end it
   */
  SplitSurvey read(int threads, LongConsumer done) throws IOException {
    Tally tally = new Tally(data.classes().size());
    ExecutorService readers = Executors.newFixedThreadPool(threads);
    try {
      List<Future<Tally>> ahead = new ArrayList<>();
      for (int from = 0; from < data.size(); from += STRETCH) {
        int start = from;
        ahead.add(readers.submit(() -> stretch(start)));
        if (ahead.size() > 2 * threads) {
          take(ahead, tally, done);
        }
      }
      while (!ahead.isEmpty()) {
        take(ahead, tally, done);
      }
    } finally {
      readers.shutdownNow();
    }
    return tally.result(median());
  }

  private void take(List<Future<Tally>> ahead, Tally tally, LongConsumer done) throws IOException {
    try {
      Tally next = ahead.remove(0).get();
      tally.add(next);
      done.accept(next.pictures());
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException io) {
        throw io;
      }
      throw new IllegalStateException("reading headers failed: " + e.getCause(), e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while reading headers");
    }
  }

  private Tally stretch(int from) throws IOException {
    Tally tally = new Tally(data.classes().size());
    for (int i = from; i < Math.min(data.size(), from + STRETCH); i++) {
      PictureHeader header = header(i);
      tally.add(header, data.labels(i));
      if (i % stride == 0) {
        sampled[i / stride] = Tally.size(header).orElse(null);
      }
    }
    return tally;
  }

  private PictureHeader header(int index) throws IOException {
    byte[] start = data.header(index, FIRST);
    PictureHeader header = PictureHeader.of(start);
    boolean whole = start.length < FIRST;
    // A WebP has its EXIF at its end.
    boolean enough = whole || (header.sized() && header.kind() != PictureKind.WEBP);
    return enough ? header : PictureHeader.of(data.header(index, MORE));
  }

  private Optional<ImageSize> median() {
    ImageSize[] sizes =
        Arrays.stream(sampled)
            .filter(Objects::nonNull)
            .sorted(Comparator.comparingLong(ImageSize::area))
            .toArray(ImageSize[]::new);
    return sizes.length == 0 ? Optional.empty() : Optional.of(sizes[(sizes.length - 1) / 2]);
  }
}
