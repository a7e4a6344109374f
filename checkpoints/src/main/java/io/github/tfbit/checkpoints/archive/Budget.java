package io.github.tfbit.checkpoints.archive;

import io.github.tfbit.checkpoints.CheckpointException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * Bounds how much a decoder may take at a time: headers of any length are kept in memory by those
 * who parse them. What is above it fails when {@link #allow} has not raised it.
 */
final class Budget extends FilterInputStream {
  /** More than any real header has. */
  static final long HEADERS = 1 << 20;

  private final String where;
  private final Budget upstream;
  private long left = HEADERS;
  private IOException failure;

  /**
   * A bound.
   *
   * @param in what is bounded
   * @param where it comes from, for messages
   * @param upstream another bound that each read here raises, or null
   */
  Budget(InputStream in, String where, Budget upstream) {
    super(in);
    this.where = where;
    this.upstream = upstream;
  }

  void allow(long bytes) {
    left = bytes;
  }

  /** What the stream below failed with, so that it is not taken for a corrupt archive. */
  IOException failure() {
    return failure;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    if (length > 0 && left <= 0) {
      throw CheckpointException.corrupt(
          where, "headers of at most " + HEADERS + " bytes, and nothing after the end", "more");
    }
    if (upstream != null) {
      upstream.allow(HEADERS);
    }
    try {
      int n = in.read(target, offset, (int) Math.min(length, left));
      left -= Math.max(n, 0);
      return n;
    } catch (IOException e) {
      failure = e;
      throw e;
    }
  }

  @Override
  public long skip(long bytes) throws IOException {
    byte[] skipped = new byte[(int) Math.min(bytes, 8192)];
    return Math.max(read(skipped, 0, skipped.length), 0);
  }

  @Override
  public boolean markSupported() {
    return false;
  }
}
