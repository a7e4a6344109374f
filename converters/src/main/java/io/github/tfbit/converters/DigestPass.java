package io.github.tfbit.converters;

import io.github.tfbit.checkpoints.Checkpoint;
import io.github.tfbit.checkpoints.TensorInfo;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.zip.CRC32C;

/** One pass over one tensor's values: both checksums, smallest, largest and mean. */
final class DigestPass {
  /** Elements at a time: what the checksums have read is still in the cache for the rest. */
  private static final int CHUNK = 1 << 14;

  private final MessageDigest sha256 = Sha256.digest();
  private final CRC32C crc = new CRC32C();
  private final float[] chunk = new float[CHUNK];
  private float min = Float.POSITIVE_INFINITY;
  private float max = Float.NEGATIVE_INFINITY;
  private double sum;
  private long done;
  private long notFinite;
  private long firstNotFinite = -1;

  private DigestPass() {}

  static TensorDigest of(Checkpoint from, TensorInfo tensor) throws IOException {
    DigestPass pass = new DigestPass();
    from.stream(tensor.name(), pass::add);
    String digits = HexFormat.of().formatHex(pass.sha256.digest());
    return new TensorDigest(tensor, digits, (int) pass.crc.getValue(), pass.statistics());
  }

  private void add(ByteBuffer float32) {
    ByteBuffer bytes = float32.slice();
    FloatBuffer values = float32.slice().order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
    while (values.hasRemaining()) {
      int n = Math.min(CHUNK, values.remaining());
      ByteBuffer piece = bytes.slice(values.position() * Float.BYTES, n * Float.BYTES);
      sha256.update(piece.duplicate());
      crc.update(piece);
      values.get(chunk, 0, n);
      summarise(n);
      done += n;
    }
  }

  private TensorStatistics statistics() {
    long finite = done - notFinite;
    return finite == 0
        ? new TensorStatistics(Float.NaN, Float.NaN, Double.NaN, notFinite, firstNotFinite)
        : new TensorStatistics(min, max, sum / finite, notFinite, firstNotFinite);
  }

  private void summarise(int n) {
    double all = sum(n);
    if (Double.isNaN(all) || Double.isInfinite(all)) {
      summariseFinite(n);
      return;
    }
    sum += all;
    extremes(n);
  }

  /** Four sums, because each addition waits for the one before it. */
  private double sum(int n) {
    double a = 0;
    double b = 0;
    double c = 0;
    double d = 0;
    int i = 0;
    for (; i < n - 3; i += 4) {
      a += chunk[i];
      b += chunk[i + 1];
      c += chunk[i + 2];
      d += chunk[i + 3];
    }
    for (; i < n; i++) {
      a += chunk[i];
    }
    return a + b + (c + d);
  }

  /** Comparisons in two chains, because {@code Math.min} is slow for the sake of NaN. */
  private void extremes(int n) {
    float low0 = min;
    float low1 = min;
    float high0 = max;
    float high1 = max;
    int i = 0;
    for (; i < n - 1; i += 2) {
      float x = chunk[i];
      float y = chunk[i + 1];
      low0 = x < low0 ? x : low0;
      low1 = y < low1 ? y : low1;
      high0 = x > high0 ? x : high0;
      high1 = y > high1 ? y : high1;
    }
    float last = chunk[n - 1];
    min = Math.min(Math.min(low0, low1), last);
    max = Math.max(Math.max(high0, high1), last);
  }

  /** A sum of this many float32 values in double precision is finite unless one of them is not. */
  private void summariseFinite(int n) {
    for (int i = 0; i < n; i++) {
      float value = chunk[i];
      if (Float.isFinite(value)) {
        min = Math.min(min, value);
        max = Math.max(max, value);
        sum += value;
      } else {
        firstNotFinite = firstNotFinite < 0 ? done + i : firstNotFinite;
        notFinite++;
      }
    }
  }
}
