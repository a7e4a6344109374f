package io.github.tfbit.cli.command;

import io.github.tfbit.BitModel;
import io.github.tfbit.FeatureMap;
import io.github.tfbit.checkpoints.DType;
import io.github.tfbit.checkpoints.Finite;
import io.github.tfbit.checkpoints.Problem;
import io.github.tfbit.checkpoints.npy.NpyReader;
import io.github.tfbit.cli.console.Failure;
import io.github.tfbit.cli.options.Pictures;
import io.github.tfbit.data.ImageException;
import io.github.tfbit.data.ImageSize;
import io.github.tfbit.data.ImageSource;
import io.github.tfbit.graph.Endpoint;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Where the inputs of a network come from: pictures, or pixels that are taken as they are. */
sealed interface FeatureSource extends AutoCloseable {
  /** How many rows there are. */
  int rows();

  /** Which pictures they are; empty for pixels. */
  Optional<List<Path>> files();

  /**
   * Computes some rows.
   *
   * @param model open
   * @param at where to look
   * @param from first row
   * @param count of rows
   * @return what the network computes of them
   * @throws IOException if they cannot be read
   */
  FeatureMap compute(BitModel model, Endpoint at, int from, int count) throws IOException;

  /** What the rows' size is; empty for pictures, which are resized. */
  Optional<ImageSize> ownSize();

  @Override
  void close() throws IOException;

  /** Pictures and folders of pictures. */
  static FeatureSource pictures(List<Path> arguments) throws Failure, IOException {
    return new OfPictures(Pictures.list(arguments));
  }

  /** An array of pixels. */
  static FeatureSource pixels(Path npy) throws Failure, IOException {
    NpyReader reader = NpyReader.open(npy);
    try {
      reader.require(DType.FLOAT32, 4, "images [rows, height, width, 3] in [-1, 1]");
      List<Integer> shape = reader.info().shape();
      if (shape.get(3) != 3 || shape.stream().anyMatch(d -> d < 1)) {
        throw new Failure(
            new Problem(
                "at least one image with 3 channels last: [rows, height, width, 3]",
                "shape " + shape,
                npy.toString(),
                "transpose it with numpy and save it again"));
      }
      return new OfPixels(npy, reader, shape.get(0), new ImageSize(shape.get(1), shape.get(2)));
    } catch (IOException | Failure | RuntimeException e) {
      reader.close();
      throw e;
    }
  }

  /** Pictures. */
  record OfPictures(List<Path> list) implements FeatureSource {
    @Override
    public int rows() {
      return list.size();
    }

    @Override
    public Optional<List<Path>> files() {
      return Optional.of(list);
    }

    @Override
    public FeatureMap compute(BitModel model, Endpoint at, int from, int count) throws IOException {
      List<ImageSource> some =
          list.subList(from, from + count).stream().map(ImageSource::of).toList();
      return model.features(at, some);
    }

    @Override
    public Optional<ImageSize> ownSize() {
      return Optional.empty();
    }

    @Override
    public void close() {}
  }

  /** Pixels. */
  record OfPixels(Path file, NpyReader reader, int rows, ImageSize size) implements FeatureSource {
    @Override
    public Optional<List<Path>> files() {
      return Optional.empty();
    }

    @Override
    public FeatureMap compute(BitModel model, Endpoint at, int from, int count) throws IOException {
      float[] pixels = new float[Math.multiplyExact(count, size.floats())];
      ByteBuffer bytes =
          ByteBuffer.allocate(Math.multiplyExact(pixels.length, Float.BYTES))
              .order(ByteOrder.LITTLE_ENDIAN);
      reader.readRows(from, count, bytes);
      requireFinite(bytes.flip(), from);
      bytes.asFloatBuffer().get(pixels);
      return model.features(at, pixels, size);
    }

    private void requireFinite(ByteBuffer bytes, int from) throws ImageException {
      long bad = Finite.check(bytes);
      if (bad >= 0) {
        throw new ImageException(
            new Problem(
                "finite pixels in [-1, 1]",
                "NaN or infinity in row " + (from + bad / size.floats()),
                file.toString(),
                "correct the array and save it again"));
      }
    }

    @Override
    public Optional<ImageSize> ownSize() {
      return Optional.of(size);
    }

    @Override
    public void close() {
      reader.close();
    }
  }
}
