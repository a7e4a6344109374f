package io.github.tfbit.image;

import io.github.tfbit.data.ImageException;

/**
 * A picture's bytes as TensorFlow's decoder takes them, and how its pixels lie: WebP is decoded
 * here, in Java, since TensorFlow's decoder does not know it.
 *
 * @param bytes of a JPEG, PNG, GIF or BMP file, if it is a picture at all
 * @param orientation by EXIF, from 1 to 8; 1 where it is not asked for
 */
@SuppressWarnings("ArrayRecordComponent")
record Decodable(byte[] bytes, int orientation) {
  /**
   * Looks at a picture's header.
   *
   * @param name of the picture in messages
   * @param bytes of its file
   * @param decoding whether its orientation counts
   * @throws ImageException if its header promises more than {@link ImageDecoder#MAX_PIXELS}, or if
   *     it is a WebP that cannot be decoded
   */
  static Decodable of(String name, byte[] bytes, Decoding decoding) throws ImageException {
    PictureSize.check(name, bytes);
    int orientation = decoding.exif() ? Orientation.of(bytes) : Orientation.UPRIGHT;
    boolean webp = PictureKind.of(bytes) == PictureKind.WEBP;
    boolean alpha = decoding.background().isPresent();
    return new Decodable(webp ? WebpFile.toBmp(name, bytes, alpha) : bytes, orientation);
  }
}
