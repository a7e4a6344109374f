package io.github.tfbit.image;

import java.io.EOFException;
import java.io.UncheckedIOException;
import javax.imageio.stream.ImageInputStreamImpl;

/**
 * A file's bytes for a decoder that looks a little beyond their end, and swallows what it is told
 * there: damaged data would keep it busy there for minutes. It does not tell its length, because
 * from that the decoder infers how large a picture may be, and refuses plain ones.
 */
final class WebpStream extends ImageInputStreamImpl {
  /** Whole files of every kind were measured to take at most 37. */
  private static final int MOST_BEYOND = 4096;

  private final byte[] bytes;
  private int beyond;

  WebpStream(byte[] bytes) {
    this.bytes = bytes;
  }

  @Override
  public int read() {
    bitOffset = 0;
    return atEnd() ? -1 : Byte.toUnsignedInt(bytes[(int) streamPos++]);
  }

  @Override
  public int read(byte[] to, int offset, int length) {
    bitOffset = 0;
    if (length == 0 || atEnd()) {
      return length == 0 ? 0 : -1;
    }
    int n = (int) Math.min(length, bytes.length - streamPos);
    System.arraycopy(bytes, (int) streamPos, to, offset, n);
    streamPos += n;
    return n;
  }

  private boolean atEnd() {
    if (streamPos < bytes.length) {
      return false;
    }
    if (++beyond > MOST_BEYOND) {
      throw new UncheckedIOException(new EOFException("data that ends before the picture does"));
    }
    return true;
  }
}
