package io.github.tfbit;

import io.github.tfbit.checkpoints.Problem;
import io.github.tfbit.data.ImageException;
import io.github.tfbit.data.ImageSize;
import io.github.tfbit.data.ImageSource;
import io.github.tfbit.export.SamplePictures;
import io.github.tfbit.export.ServerFiles;
import io.github.tfbit.image.Decoding;
import io.github.tfbit.image.PictureKind;
import io.github.tfbit.image.PictureProbe;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The pictures that a server answers before its first client's. */
final class WarmupPictures {
  /** A server reads a record whole. */
  private static final long MOST_BYTES = 512L << 20;

  private WarmupPictures() {}

  /** Pictures that show nothing. */
  static List<byte[]> drawn(ImageSize size) {
    return SamplePictures.jpegs(size);
  }

  /**
   * The user's own, as many as the largest batch has.
   *
   * @throws ImageException if an export cannot decode one
   */
  static List<byte[]> of(List<ImageSource> sources, Decoding decoding) throws IOException {
    int most = ServerFiles.BATCH_SIZES.get(ServerFiles.BATCH_SIZES.size() - 1);
    List<byte[]> pictures = new ArrayList<>();
    long bytes = 0;
    try (PictureProbe probe = PictureProbe.open(decoding, 1)) {
      for (ImageSource source : sources.subList(0, Math.min(most, sources.size()))) {
        byte[] picture = source.encoded();
        bytes += picture.length;
        require(source.name(), picture, bytes);
        probe.probe(source.name(), picture);
        pictures.add(picture);
      }
    }
    return pictures;
  }

  private static void require(String name, byte[] picture, long bytes) throws ImageException {
    if (PictureKind.of(picture) == PictureKind.WEBP) {
      throw new ImageException(
          new Problem(
              "JPEG, PNG, GIF or BMP, which an export decodes",
              "a WebP",
              name,
              "warm up with other pictures"));
    }
    if (bytes > MOST_BYTES) {
      throw new ImageException(
          new Problem(
              "at most 512 MiB of pictures to warm up with",
              bytes + " bytes up to this one",
              name,
              "warm up with smaller or fewer pictures"));
    }
  }
}
