package io.github.tfbit.converters.write;

import io.github.tfbit.checkpoints.AtomicDirectory;
import io.github.tfbit.checkpoints.AtomicFile;
import io.github.tfbit.checkpoints.Checkpoint;
import io.github.tfbit.checkpoints.CheckpointException;
import io.github.tfbit.checkpoints.Existing;
import io.github.tfbit.checkpoints.OutputException;
import io.github.tfbit.checkpoints.TensorInfo;
import io.github.tfbit.checkpoints.npz.NpzWriter;
import io.github.tfbit.checkpoints.savedmodel.SavedModelWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** Writes weights for another reader, without losing a bit; one piece of a tensor at a time. */
public final class Conversion {
  /** The hub's modules carry no names; this is where this project's readers look for them. */
  private static final String LABELS = "labels.txt";

  /** Beside it: how logits become probabilities, how sure the names are. */
  private static final String FACTS = "head.json";

  private Conversion() {}

  /** Looks at what was written before it is moved into place. */
  @FunctionalInterface
  public interface Check {
    /**
     * Looks.
     *
     * @param written the whole model, beside its target
     * @throws IOException if it must not be kept; nothing stays then
     */
    void accept(Path written) throws IOException;
  }

  /**
   * What was written.
   *
   * @param path of the file or directory, as it was asked for
   * @param files all of it; the weights are among them
   * @param bytes of all files together
   */
  public record Written(Path path, List<Path> files, long bytes) {
    /** Copies the list. */
    public Written {
      files = List.copyOf(files);
    }

    static Written of(Path path, List<Path> files) throws IOException {
      long bytes = 0;
      for (Path f : files) {
        bytes += Files.size(f);
      }
      return new Written(path, files, bytes);
    }
  }

  /**
   * How much will be written, a few kilobytes of names and configuration aside.
   *
   * @param weights to be written
   * @return bytes of their contents
   */
  public static long expectedBytes(Checkpoint weights) {
    return weights.tensors().stream().mapToLong(TensorInfo::byteSize).sum();
  }

  /**
   * Writes a whole model; every file appears whole or not at all, and so does a directory.
   *
   * @param weights float32 tensors under the published names, as {@link
   *     io.github.tfbit.converters.ModelFile#weights} gives them; stays the caller's
   * @param card what the reader has to know besides them
   * @param target the form
   * @param out the file or directory; for timm and Hugging Face a name that ends in {@code
   *     .safetensors} is that file, its configuration lying beside it, and any other a directory
   *     with {@code model.safetensors} in it
   * @param existing what to do if it is there; a directory that holds anything else is never
   *     replaced
   * @return what was written
   * @throws CheckpointException.Mismatch if the weights are not of the card's architecture, or the
   *     target's reader could not use them rightly
   * @throws io.github.tfbit.checkpoints.OutputException if the place is taken, full or not to be
   *     written
   * @throws IOException if the weights cannot be read
   */
  public static Written write(
      Checkpoint weights, ModelCard card, Target target, Path out, Existing existing)
      throws IOException {
    return write(weights, card, target, out, existing, written -> {});
  }

  /**
   * Writes a whole model as {@link #write(Checkpoint, ModelCard, Target, Path, Existing)} does, and
   * has it looked at before it is moved into place.
   *
   * @param weights as there
   * @param card as there
   * @param target as there
   * @param out as there
   * @param existing as there
   * @param check may refuse what was written
   * @return what was written
   * @throws IOException as there, or what the check throws
   */
  public static Written write(
      Checkpoint weights, ModelCard card, Target target, Path out, Existing existing, Check check)
      throws IOException {
    Readers.require(weights, card, target);
    return switch (target) {
      case NPZ -> {
        try (AtomicFile file = AtomicFile.create(out, existing)) {
          NpzWriter.write(file.path(), weights, Existing.REPLACE);
          check.accept(file.path());
          file.commit();
        } catch (OutputException e) {
          throw TorchFiles.about(out, e);
        }
        yield Written.of(out, List.of(out));
      }
      case TIMM, HF -> new TorchFiles(weights, card, target, check).write(out, existing);
      case SAVEDMODEL -> savedModel(weights, card, out, existing, check);
    };
  }

  private static byte[] utf8(String text) {
    return (text + "\n").getBytes(StandardCharsets.UTF_8);
  }

  private static Written savedModel(
      Checkpoint weights, ModelCard card, Path out, Existing existing, Check check)
      throws IOException {
    Replaceable.require(
        out, List.of("saved_model.pb", "variables", "assets", "fingerprint.pb", "tfhub_module.pb"));
    Map<String, byte[]> assets = new TreeMap<>();
    if (card.classes() > 0) {
      assets.put(FACTS, utf8(card.facts().json().toString()));
    }
    card.labels().ifPresent(l -> assets.put(LABELS, utf8(String.join("\n", l))));
    try (AtomicDirectory directory = AtomicDirectory.create(out, existing)) {
      SavedModelWriter.write(
          directory.path(), weights, UnaryOperator.identity(), assets, Existing.REPLACE);
      check.accept(directory.path());
      directory.commit();
    } catch (OutputException e) {
      throw TorchFiles.about(out, e);
    }
    try (Stream<Path> files = Files.walk(out)) {
      return Written.of(out, files.filter(Files::isRegularFile).sorted().toList());
    }
  }
}
