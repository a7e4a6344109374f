package io.github.tfbit.survey;

import com.google.common.hash.Hashing;
import io.github.tfbit.data.Example;
import io.github.tfbit.data.ImageDataset;
import io.github.tfbit.data.ImageException;
import io.github.tfbit.data.Stamp;
import io.github.tfbit.image.Decoding;
import io.github.tfbit.image.PictureProbe;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.LongConsumer;

/**
 * Decodes and hashes every picture of a data set once: at full size, by what decodes them later.
 * What was good is remembered by key, size and time, where the source can say them, and not read
 * again.
 */
public final class PictureCheck {
  /** Pairs of the same bytes that are reported. */
  public static final int MOST_PAIRS = 10_000;

  /** Data sets of up to so many pictures are checked unasked: seconds of work. */
  public static final int UNASKED = 2_000;

  private static final int STRETCH = 16;

  private final Settings settings;
  private final PictureProbe probe;
  private final CheckCache cache;
  private final List<BadPicture> bad = new ArrayList<>();
  private final SameBytes same = new SameBytes();
  private int pictures;
  private int remembered;

  /**
   * How to check.
   *
   * @param decoding what a file's pixels are taken to be
   * @param cache file to remember good pictures in; empty to remember nothing
   * @param threads to read and decode with, at least 1
   */
  public record Settings(Decoding decoding, Optional<Path> cache, int threads) {
    /** Refuses nulls. */
    public Settings {
      Objects.requireNonNull(decoding, "decoding");
      Objects.requireNonNull(cache, "cache");
    }

    private String label() {
      String behind = decoding.background().map(Object::toString).orElse("none");
      return "tfbit check 1, background " + behind;
    }
  }

  /** What one picture is. */
  private record Seen(String sha256, Optional<ImageException> problem, boolean remembered) {}

  private PictureCheck(Settings settings, PictureProbe probe) {
    this.settings = settings;
    this.probe = probe;
    cache = CheckCache.read(settings.cache(), settings.label());
  }

  /**
   * Checks a data set.
   *
   * @param splits its parts by name; they stay open and unchanged
   * @param settings how
   * @param progress told now and then how many more pictures were seen; may throw to end it
   * @return all that is bad, and what is the same and should not be
   * @throws IOException if a picture cannot be fetched, or the cache not be written
   */
  public static CheckResult of(
      Map<String, ImageDataset> splits, Settings settings, LongConsumer progress)
      throws IOException {
    try (PictureProbe probe = PictureProbe.open(settings.decoding(), settings.threads())) {
      PictureCheck check = new PictureCheck(settings, probe);
      for (Map.Entry<String, ImageDataset> split : splits.entrySet()) {
        check.split(split.getKey(), split.getValue(), progress);
      }
      if (settings.cache().isPresent() && check.remembered < check.pictures) {
        check.cache.write(settings.cache().get(), settings.label());
      }
      return new CheckResult(check.pictures, check.remembered, check.bad, check.same.pairs(splits));
    }
  }

  private void split(String name, ImageDataset data, LongConsumer progress) throws IOException {
    ExecutorService readers = Executors.newFixedThreadPool(settings.threads());
    same.start(name, data.size());
    try {
      Deque<Future<List<Seen>>> ahead = new ArrayDeque<>();
      int taken = 0;
      for (int from = 0; from < data.size(); from += STRETCH) {
        int start = from;
        ahead.add(readers.submit(() -> stretch(data, start)));
        if (ahead.size() > 2 * settings.threads()) {
          taken += take(name, taken, ahead.remove(), progress);
        }
      }
      while (!ahead.isEmpty()) {
        taken += take(name, taken, ahead.remove(), progress);
      }
    } finally {
      readers.shutdownNow();
    }
  }

  private int take(String split, int from, Future<List<Seen>> next, LongConsumer progress)
      throws IOException {
    List<Seen> seen = await(next);
    for (int i = 0; i < seen.size(); i++) {
      Seen s = seen.get(i);
      int index = from + i;
      pictures++;
      remembered += s.remembered() ? 1 : 0;
      s.problem().ifPresent(p -> bad.add(new BadPicture(split, index, p.problem())));
      same.add(s.sha256());
    }
    progress.accept(seen.size());
    return seen.size();
  }

  private static List<Seen> await(Future<List<Seen>> next) throws IOException {
    try {
      return next.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException io) {
        throw io;
      }
      throw new IllegalStateException("checking pictures failed: " + e.getCause(), e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while checking pictures");
    }
  }

  private List<Seen> stretch(ImageDataset data, int from) throws IOException {
    List<Seen> seen = new ArrayList<>(STRETCH);
    for (int i = from; i < Math.min(data.size(), from + STRETCH); i++) {
      seen.add(look(data, i));
    }
    return seen;
  }

  private Seen look(ImageDataset data, int index) throws IOException {
    Optional<Stamp> stamp = data.stamp(index);
    Optional<String> known = stamp.flatMap(cache::find);
    if (known.isPresent()) {
      return new Seen(known.get(), Optional.empty(), true);
    }
    Example example;
    try {
      example = data.example(index);
    } catch (ImageException e) {
      return new Seen("", Optional.of(e), false);
    }
    String sha256 = Hashing.sha256().hashBytes(example.encoded()).toString();
    try {
      probe.probe(example.id(), example.encoded());
    } catch (ImageException e) {
      return new Seen(sha256, Optional.of(e), false);
    }
    stamp.ifPresent(s -> cache.add(s, sha256));
    return new Seen(sha256, Optional.empty(), false);
  }
}
