package io.github.tfbit;

import io.github.tfbit.converters.Activation;
import io.github.tfbit.data.ImageException;
import io.github.tfbit.data.ImageSize;
import io.github.tfbit.data.ImageSource;
import io.github.tfbit.export.ExportedSignatures;
import io.github.tfbit.export.ServingSettings;
import io.github.tfbit.image.PixelResizer;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.tensorflow.proto.SignatureDef;

/**
 * A model behind the signatures of an export, for a server in this process: pictures are prepared
 * one by one, where a bad one harms nobody, and computed together. The two halves are those that an
 * exported SavedModel runs in one.
 *
 * <p>Safe from any thread. Owns what prepares pixels; the model stays its owner's.
 */
public final class ServedModel implements AutoCloseable {
  private final BitModel model;
  private final ServingSettings settings;
  private final Map<String, SignatureDef> signatures;
  private final PixelResizer resizer;

  private ServedModel(BitModel model, ServingSettings settings) {
    this.model = model;
    this.settings = settings;
    this.signatures = ExportedSignatures.of(settings);
    this.resizer = PixelResizer.open(0);
  }

  /**
   * Serves a model.
   *
   * @param model open for as long as this is used; stays the caller's
   * @return to be closed before the model
   * @throws IllegalStateException if it has no head
   */
  public static ServedModel of(BitModel model) {
    return new ServedModel(model, model.servingSettings());
  }

  /** What the network made of one picture. The arrays are the caller's. */
  public static final class Row {
    private final float[] logits;
    private final float[] scores;
    private final float[] features;

    private Row(float[] logits, float[] scores, float[] features) {
      this.logits = logits;
      this.scores = scores;
      this.features = features;
    }

    /**
     * What the head computed.
     *
     * @return one per class
     */
    public float[] logits() {
      return logits;
    }

    /**
     * The logits by the head's activation.
     *
     * @return one per class, from 0 to 1
     */
    public float[] scores() {
      return scores;
    }

    /**
     * The pre-logits.
     *
     * @return 2048 times the width factor of them
     */
    public float[] features() {
      return features;
    }
  }

  /**
   * The ways to call it, as an export of this model has them.
   *
   * @return by key
   */
  public Map<String, SignatureDef> signatures() {
    return signatures;
  }

  /**
   * The model that is served.
   *
   * @return open; not to be closed by the caller
   */
  public BitModel model() {
    return model;
  }

  /**
   * How many classes a short answer names.
   *
   * @return 1 to the number of classes
   */
  public int top() {
    return settings.top();
  }

  /**
   * How many pictures are computed at a time, as {@link BitModel#microBatch} for any size.
   *
   * @param size of the prepared pictures
   * @return 1 to 32
   */
  public int microBatch(ImageSize size) {
    return MicroBatch.of(settings.architecture(), size);
  }

  /**
   * Decodes and prepares an encoded picture.
   *
   * @param picture a whole JPEG, PNG, GIF, BMP or WebP file
   * @return {@code [height, width, 3]} of the model's size, in [-1, 1]
   * @throws ImageException if it is no picture or one of too many pixels
   * @throws IOException if it cannot be read
   * @throws IllegalStateException after the model was closed
   */
  public float[] decode(ImageSource picture) throws IOException {
    float[] pixels = new float[settings.size().floats()];
    model.engine().decode(picture, FloatBuffer.wrap(pixels));
    return pixels;
  }

  /**
   * Prepares a decoded picture.
   *
   * @param rgb {@code [height, width, 3]} in C order, unsigned bytes
   * @param size its height and width
   * @return {@code [height, width, 3]} of the model's size, in [-1, 1]
   */
  public float[] resize(byte[] rgb, ImageSize size) {
    return resizer.resize(rgb, size, settings.size());
  }

  /**
   * Computes prepared pictures together.
   *
   * @param pictures {@code [height, width, 3]} each, all of one size, in [-1, 1]
   * @param size height and width of each
   * @return one row per picture, in order
   * @throws IllegalArgumentException if there is none, or one is of another size
   * @throws IllegalStateException after the model was closed
   */
  public List<Row> compute(List<float[]> pictures, ImageSize size) {
    Engine.Both both = model.engine().logitsAndFeatures(pictures, size);
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < pictures.size(); i++) {
      float[] logits = both.logits().row(i);
      rows.add(new Row(logits, scores(logits), both.features().row(i)));
    }
    return rows;
  }

  private float[] scores(float[] logits) {
    Activation activation = settings.head().activation();
    double[] exact = Ranking.probabilities(logits, activation);
    float[] scores = new float[exact.length];
    for (int i = 0; i < scores.length; i++) {
      scores[i] = (float) exact[i];
    }
    return scores;
  }

  /**
   * The best classes of a picture.
   *
   * @param row what the network made of it
   * @return {@link #top} classes, best first; of equal scores the smaller index first, as
   *     TensorFlow's TopK
   */
  public List<Integer> best(Row row) {
    float[] scores = row.scores();
    return IntStream.range(0, scores.length)
        .boxed()
        .sorted(Comparator.comparingDouble(i -> -scores[i]))
        .limit(top())
        .toList();
  }

  @Override
  public void close() {
    resizer.close();
  }
}
