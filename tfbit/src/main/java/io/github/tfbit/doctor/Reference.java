package io.github.tfbit.doctor;

import io.github.tfbit.checkpoints.Checkpoint;
import io.github.tfbit.converters.Architecture;
import io.github.tfbit.converters.Head;
import io.github.tfbit.data.ImageSize;
import io.github.tfbit.graph.Endpoint;
import io.github.tfbit.image.Decoding;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A model whose weights are known, and which therefore answers under any hypothesis. Remembers what
 * it has computed. Not safe for several threads; owns its networks.
 */
public final class Reference implements Patient {
  /** Pictures larger than that are not computed unresized: memory grows with them. */
  private static final long MOST_PIXELS = 1 << 20;

  private final String name;
  private final Anatomy anatomy;
  private final Eye eye = new Eye();
  private final Brain brain;
  private final Map<Key, Eye.Sight> sights = new HashMap<>();
  private final Map<Key, float[]> logits = new HashMap<>();

  /** A picture under a part of a hypothesis. */
  private record Key(int picture, Object how) {}

  /**
   * What is known of a model.
   *
   * @param weights under published names, open as long as the reference; stays the caller's
   * @param architecture of its network
   * @param head its classes and activation
   * @param labels names of its classes; decimal indices where they are not known
   * @param size that it resizes pictures to
   * @param decoding what it takes a file's pixels to be
   */
  public record Anatomy(
      Checkpoint weights,
      Architecture architecture,
      Head head,
      List<String> labels,
      ImageSize size,
      Decoding decoding) {
    /** Refuses null, and labels that are not as many as the classes. */
    public Anatomy {
      Objects.requireNonNull(weights, "weights");
      Objects.requireNonNull(architecture, "architecture");
      labels = List.copyOf(labels);
      if (labels.size() != head.classes()) {
        throw new IllegalArgumentException(
            "expected a label for each of " + head.classes() + " classes, found " + labels.size());
      }
    }
  }

  /**
   * Loads a model.
   *
   * @param name what the user calls it
   * @param anatomy what is known of it
   * @throws IOException if its weights cannot be read
   */
  public Reference(String name, Anatomy anatomy) throws IOException {
    this.name = name;
    this.anatomy = anatomy;
    try {
      brain = new Brain(anatomy.weights(), anatomy.architecture(), anatomy.head().classes());
    } catch (IOException | RuntimeException | Error e) {
      eye.close();
      throw e;
    }
  }

  @Override
  public String name() {
    return name;
  }

  /**
   * What is known of the model.
   *
   * @return as given
   */
  public Anatomy anatomy() {
    return anatomy;
  }

  @Override
  public List<Answer> answers(List<byte[]> pictures) throws IOException {
    return answers(pictures, right());
  }

  /** As the model itself does everything. */
  Hypothesis right() {
    Decoding decoding = anatomy.decoding();
    Seeing.Alpha alpha =
        decoding
            .background()
            .map(
                b -> b.red() + b.green() + b.blue() < 384 ? Seeing.Alpha.BLACK : Seeing.Alpha.WHITE)
            .orElse(Seeing.Alpha.DROPPED);
    return Hypothesis.right(anatomy.size(), decoding.exif(), alpha);
  }

  /** Whether it can be computed. */
  boolean allows(Hypothesis hypothesis) {
    return brain.has(hypothesis.network());
  }

  /** What it would answer if it did things in that way. */
  List<Answer> answers(List<byte[]> pictures, Hypothesis how) throws IOException {
    List<Answer> answers = new ArrayList<>();
    for (int i = 0; i < pictures.size(); i++) {
      float[] values = logits(i, pictures.get(i), how);
      answers.add(
          new Answer(
              anatomy.labels(),
              how.answering().scores(values, anatomy.head().activation(), anatomy.labels())));
    }
    return answers;
  }

  private float[] logits(int picture, byte[] file, Hypothesis how) throws IOException {
    Key key = new Key(picture, List.of(how.seeing(), how.feeding(), how.network()));
    float[] known = logits.get(key);
    if (known == null) {
      known = at(Endpoint.LOGITS, picture, file, how);
      logits.put(key, known);
    }
    return known;
  }

  /** One picture's values at an endpoint. */
  float[] at(Endpoint endpoint, int picture, byte[] file, Hypothesis how) throws IOException {
    Eye.Sight sight = sight(picture, file, how.seeing());
    if (sight.size().area() > MOST_PIXELS) {
      sight = sight(picture, file, right().seeing());
    }
    float[] fed = how.feeding().of(sight.pixels());
    return brain.at(endpoint, how.network(), fed, sight.size());
  }

  private Eye.Sight sight(int picture, byte[] file, Seeing seeing) throws IOException {
    Key key = new Key(picture, seeing);
    Eye.Sight known = sights.get(key);
    if (known == null) {
      known = eye.look(file, seeing);
      sights.put(key, known);
    }
    return known;
  }

  /** The prepared pixels of a picture, as the model itself makes them. */
  Eye.Sight prepared(int picture, byte[] file) throws IOException {
    return sight(picture, file, right().seeing());
  }

  @Override
  public void close() {
    brain.close();
    eye.close();
  }
}
