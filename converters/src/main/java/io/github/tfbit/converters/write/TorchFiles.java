package io.github.tfbit.converters.write;

import io.github.tfbit.checkpoints.AtomicDirectory;
import io.github.tfbit.checkpoints.AtomicFile;
import io.github.tfbit.checkpoints.Checkpoint;
import io.github.tfbit.checkpoints.Existing;
import io.github.tfbit.checkpoints.OutputException;
import io.github.tfbit.checkpoints.Problem;
import io.github.tfbit.checkpoints.safetensors.SafetensorsWriter;
import io.github.tfbit.converters.torch.TorchWeights;
import io.github.tfbit.converters.torch.Vocabulary;
import io.github.tfbit.converters.write.Conversion.Check;
import io.github.tfbit.converters.write.Conversion.Written;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** safetensors and the configuration beside them. */
final class TorchFiles {
  private static final String SUFFIX = ".safetensors";
  private static final String WEIGHTS = "model.safetensors";
  private static final String CONFIG = "config.json";
  private static final String PROCESSOR = "preprocessor_config.json";

  /** Without it transformers refuses the file (modeling_utils.py). */
  private static final Map<String, String> METADATA = Map.of("format", "pt");

  private final Checkpoint weights;
  private final ModelCard card;
  private final Target target;
  private final Check check;

  TorchFiles(Checkpoint weights, ModelCard card, Target target, Check check) {
    this.weights = weights;
    this.card = card;
    this.target = target;
    this.check = check;
  }

  Written write(Path out, Existing existing) throws IOException {
    String name = String.valueOf(out.getFileName());
    try {
      return name.endsWith(SUFFIX) ? beside(out, existing) : directory(out, existing);
    } catch (OutputException e) {
      throw about(out, e);
    } catch (IOException e) {
      throw OutputException.whileWriting(out, e);
    }
  }

  /** Names what was asked for instead of the temporary place. */
  static OutputException about(Path out, OutputException e) {
    Problem p = e.problem();
    boolean hidden = p.where().contains(".part");
    return hidden
        ? new OutputException(new Problem(p.expected(), p.found(), out.toString(), p.remedy()), e)
        : e;
  }

  private Written directory(Path out, Existing existing) throws IOException {
    Replaceable.require(out, List.of(WEIGHTS, CONFIG, PROCESSOR));
    try (AtomicDirectory directory = AtomicDirectory.create(out, existing)) {
      safetensors(directory.path().resolve(WEIGHTS));
      List<Path> files = new ArrayList<>(List.of(out.resolve(WEIGHTS), out.resolve(CONFIG)));
      config(directory.path().resolve(CONFIG));
      if (target == Target.HF) {
        Json.write(directory.path().resolve(PROCESSOR), HfConfig.processor(card));
        files.add(out.resolve(PROCESSOR));
      }
      check.accept(directory.path());
      directory.commit();
      return Written.of(out, files);
    }
  }

  /** All files are whole beside their targets before the first is moved, the weights last. */
  private Written beside(Path out, Existing existing) throws IOException {
    Path config = out.resolveSibling(CONFIG);
    Path processor = out.resolveSibling(PROCESSOR);
    try (AtomicFile w = AtomicFile.create(out, existing);
        AtomicFile c = AtomicFile.create(config, existing)) {
      List<Path> files = new ArrayList<>(List.of(out, config));
      if (target == Target.HF) {
        try (AtomicFile p = AtomicFile.create(processor, existing)) {
          Json.write(p.path(), HfConfig.processor(card));
          fill(w.path(), c.path());
          p.commit();
        }
        files.add(processor);
      } else {
        fill(w.path(), c.path());
      }
      c.commit();
      w.commit();
      return Written.of(out, files);
    }
  }

  private void fill(Path safetensors, Path config) throws IOException {
    config(config);
    safetensors(safetensors);
    check.accept(safetensors);
  }

  private void config(Path file) throws IOException {
    Json.write(file, target == Target.TIMM ? TimmConfig.of(card) : HfConfig.model(card));
  }

  /** The view is not closed: the weights stay the caller's. */
  private void safetensors(Path file) throws IOException {
    Vocabulary names = target == Target.TIMM ? Vocabulary.TIMM : Vocabulary.HF;
    SafetensorsWriter.write(file, TorchWeights.foreign(weights, names), METADATA, Existing.REPLACE);
  }
}
