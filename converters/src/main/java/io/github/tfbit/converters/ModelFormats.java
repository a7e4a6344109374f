package io.github.tfbit.converters;

import static io.github.tfbit.checkpoints.CheckpointException.unsupported;

import io.github.tfbit.checkpoints.Checkpoint;
import io.github.tfbit.checkpoints.CheckpointException;
import io.github.tfbit.checkpoints.CheckpointException.Mismatch;
import io.github.tfbit.checkpoints.Problem;
import io.github.tfbit.checkpoints.archive.TarGz;
import io.github.tfbit.checkpoints.archive.UnpackedArchive;
import io.github.tfbit.checkpoints.bundle.BundleReader;
import io.github.tfbit.checkpoints.hdf5.Hdf5Reader;
import io.github.tfbit.checkpoints.npz.NpzReader;
import io.github.tfbit.checkpoints.safetensors.SafetensorsReader;
import io.github.tfbit.checkpoints.savedmodel.SavedModel;
import io.github.tfbit.converters.ModelFile.Opened;
import io.github.tfbit.converters.Signature.Found;
import io.github.tfbit.converters.Signature.Kind;
import io.github.tfbit.converters.hub.HubWeights;
import io.github.tfbit.converters.keras.KerasWeights;
import io.github.tfbit.converters.torch.TorchWeights;
import io.github.tfbit.converters.torch.Vocabulary;
import io.github.tfbit.converters.view.MappedCheckpoint;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Opens each form by its reader and under its vocabulary. */
final class ModelFormats {
  private ModelFormats() {}

  /** Work that may fail while something is open. */
  private interface Step<T, R> {
    R apply(T open) throws IOException;
  }

  private static <T extends Closeable, R> R orClose(T open, Step<T, R> step) throws IOException {
    try {
      return step.apply(open);
    } catch (IOException | RuntimeException e) {
      open.close();
      throw e;
    }
  }

  static Opened open(Path model) throws IOException {
    Found found = Signature.of(model);
    return found.kind() == Kind.GZIP ? unpacked(found.path()) : open(found);
  }

  private static Opened unpacked(Path file) throws IOException {
    return orClose(TarGz.open(file), archive -> inside(archive, file));
  }

  private static Opened inside(UnpackedArchive archive, Path file) throws IOException {
    try {
      Found inside = Signature.of(archive.root());
      if (inside.kind() == Kind.GZIP) {
        throw unsupported(
            file.toString(), Signature.EXPECTED, "an archive in an archive", "unpack it first");
      }
      return owned(inside, archive, Files.size(file));
    } catch (CheckpointException e) {
      throw named(e, archive.root().toString(), file.toString());
    }
  }

  /** Names the archive instead of the place it was unpacked to, which is gone by then. */
  private static CheckpointException named(CheckpointException e, String hidden, String archive) {
    Problem p = e.problem();
    if (!p.where().contains(hidden)) {
      return e;
    }
    Problem shown =
        new Problem(p.expected(), p.found(), p.where().replace(hidden, archive), p.remedy());
    if (e instanceof CheckpointException.Unsupported) {
      return new CheckpointException.Unsupported(shown, e);
    }
    if (e instanceof CheckpointException.Corrupt) {
      return new CheckpointException.Corrupt(shown, e);
    }
    return e instanceof CheckpointException.Missing
        ? new CheckpointException.Missing(shown, e)
        : new Mismatch(shown);
  }

  private static Opened owned(Found inside, UnpackedArchive archive, long bytes)
      throws IOException {
    Opened o = open(inside);
    Closeable both =
        () -> {
          try (archive) {
            o.named().close();
          }
        };
    return new Opened(
        o.layout(),
        o.stored(),
        MappedCheckpoint.owned(o.named(), both),
        o.range(),
        o.facts(),
        bytes);
  }

  private static Opened open(Found found) throws IOException {
    return switch (found.kind()) {
      case NPZ -> orClose(NpzReader.open(found.path()), npz -> npz(npz, found.path()));
      case HDF5 -> orClose(Hdf5Reader.open(found.path()), h5 -> keras(h5, found.path()));
      case SAFETENSORS ->
          orClose(SafetensorsReader.open(found.path()), s -> torch(s, found.path()));
      case TF_CHECKPOINT -> orClose(BundleReader.open(found.path()), b -> bundle(b, found.path()));
      case SAVED_MODEL -> savedModel(found.path());
      case GZIP -> throw new IllegalArgumentException("expected an unpacked archive");
    };
  }

  private static Opened npz(NpzReader npz, Path file) throws IOException {
    return new Opened(
        Layout.NPZ,
        npz.tensors(),
        RegularNames.of(npz),
        InputRange.symmetric("the published npz files were trained on [-1, 1]"),
        classes -> HeadFacts.NONE,
        Files.size(file));
  }

  private static Opened keras(Hdf5Reader h5, Path file) throws IOException {
    return new Opened(
        Layout.KERAS_H5,
        h5.tensors(),
        RegularNames.of(KerasWeights.published(h5)),
        InputRange.symmetric("the official Keras model takes [-1, 1]"),
        classes -> HeadFacts.NONE,
        Files.size(file));
  }

  private static Opened torch(SafetensorsReader file, Path path) throws IOException {
    Vocabulary vocabulary =
        TorchWeights.vocabulary(file.tensors())
            .orElseThrow(
                () ->
                    new Mismatch(
                        new Problem(
                            "BiT's tensors under timm's or Hugging Face's names, such as"
                                + " stem.conv.weight",
                            ShapeReader.names(file),
                            file.source(),
                            "this is another network; name a file of BiT weights")));
    boolean timm = vocabulary == Vocabulary.TIMM;
    return new Opened(
        timm ? Layout.TIMM_SAFETENSORS : Layout.HF_SAFETENSORS,
        file.tensors(),
        TorchWeights.published(file, vocabulary),
        InputRange.symmetric(
            (timm ? "timm" : "transformers") + " normalises by mean 0.5 and deviation 0.5"),
        classes -> LabelConfig.read(path.resolveSibling("config.json")),
        Files.size(path));
  }

  private static Opened bundle(BundleReader file, Path path) throws IOException {
    return new Opened(
        Layout.TF_CHECKPOINT,
        file.tensors(),
        hub(file),
        InputRange.symmetric("weights alone; BiT was trained on [-1, 1]"),
        classes -> HeadFacts.NONE,
        Sizes.checkpoint(path));
  }

  private static Checkpoint hub(BundleReader file) throws IOException {
    return RegularNames.of(HubWeights.published(file, file.fullNames()));
  }

  private static Layout layout(SavedModel model) throws IOException {
    if (SavedModelRange.isExport(model)) {
      return Layout.TFBIT_EXPORT;
    }
    return model.hubModule() ? Layout.HUB_MODULE_V1 : Layout.HUB_SAVED_MODEL;
  }

  private static Opened savedModel(Path directory) throws IOException {
    SavedModel model = SavedModel.open(directory);
    return orClose(
        BundleReader.open(model.variables()),
        file ->
            new Opened(
                layout(model),
                file.tensors(),
                hub(file),
                SavedModelRange.of(model),
                classes -> LabelAsset.read(model.assets(), classes),
                Sizes.directory(directory)));
  }
}
