package io.github.tfbit.data;

import io.github.tfbit.checkpoints.Problem;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import javax.imageio.ImageIO;

/**
 * A picture to classify: a file, encoded bytes, or pixels in memory. Nothing is read before use.
 */
public sealed interface ImageSource {
  /**
   * A picture file.
   *
   * @param file JPEG, PNG, GIF (first frame), BMP or WebP; the content decides, not the name
   * @return that picture
   */
  static ImageSource of(Path file) {
    return new File(file);
  }

  /**
   * An encoded picture in memory.
   *
   * @param encoded the bytes of a JPEG, PNG, GIF (first frame), BMP or WebP file; not copied
   * @return that picture
   */
  static ImageSource of(byte[] encoded) {
    return named("picture of " + encoded.length + " bytes", encoded);
  }

  /**
   * An encoded picture in memory that messages name.
   *
   * @param name a path, a key
   * @param encoded the bytes of a JPEG, PNG, GIF (first frame), BMP or WebP file; not copied
   * @return that picture
   */
  static ImageSource named(String name, byte[] encoded) {
    return new Bytes(name, encoded);
  }

  /**
   * Pixels in memory. Alpha is dropped and grey is repeated, as for a PNG file of them.
   *
   * @param image any type of picture
   * @return that picture
   */
  static ImageSource of(BufferedImage image) {
    return new Pixels(image);
  }

  /**
   * Names the picture in messages.
   *
   * @return a path, or what it is
   */
  String name();

  /**
   * The picture as a file's bytes.
   *
   * @return JPEG, PNG, GIF, BMP or WebP, if it is a picture at all
   * @throws IOException if the file cannot be read
   */
  byte[] encoded() throws IOException;

  /**
   * A picture file.
   *
   * @param path where it is
   */
  record File(Path path) implements ImageSource {
    /** Refuses null. */
    public File {
      Objects.requireNonNull(path, "path");
    }

    @Override
    public String name() {
      return path.toString();
    }

    @Override
    public byte[] encoded() throws IOException {
      try {
        return Files.readAllBytes(path);
      } catch (IOException e) {
        Problem p =
            new Problem(
                "a readable picture file",
                Files.isDirectory(path)
                    ? "a directory"
                    : Files.exists(path) ? e.toString() : "no such file",
                path.toString(),
                "check the path and who may read it");
        throw new ImageException(p, e);
      }
    }
  }

  /**
   * An encoded picture in memory.
   *
   * @param name in messages
   * @param encoded a file's bytes
   */
  @SuppressWarnings("ArrayRecordComponent")
  record Bytes(String name, byte[] encoded) implements ImageSource {
    /** Refuses null. */
    public Bytes {
      Objects.requireNonNull(name, "name");
      Objects.requireNonNull(encoded, "encoded");
    }
  }

  /**
   * Pixels in memory.
   *
   * @param image the picture
   */
  record Pixels(BufferedImage image) implements ImageSource {
    /** Refuses null. */
    public Pixels {
      Objects.requireNonNull(image, "image");
    }

    @Override
    public String name() {
      return "picture of " + image.getWidth() + " x " + image.getHeight() + " pixels";
    }

    /** A lossless PNG: decoding then takes the same way for every kind of source. */
    @Override
    public byte[] encoded() throws IOException {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      if (!ImageIO.write(image, "png", out)) {
        throw new ImageException(
            new Problem(
                "pixels that PNG can hold",
                "type " + image.getType() + ", " + image.getColorModel(),
                name(),
                "draw the picture onto one of TYPE_INT_RGB first"));
      }
      return out.toByteArray();
    }
  }
}
