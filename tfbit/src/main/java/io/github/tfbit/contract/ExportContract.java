package io.github.tfbit.contract;

import io.github.tfbit.export.WarmupRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Does a SavedModel keep TensorFlow Serving's contract? A directory of anybody may be looked at: it
 * is read without TensorFlow first, and loaded only if graph, variables and signatures are whole. A
 * SavedModel is a program all the same; one that reads or writes files is not run.
 */
public final class ExportContract {
  private ExportContract() {}

  /**
   * Looks at every rule.
   *
   * @param path a version's directory, or a model's with numbered ones in it, of which the highest
   *     is taken
   * @return what was found; damaged and hostile files are findings, not errors
   * @throws java.nio.file.NoSuchFileException if there is no such directory
   * @throws IOException if it cannot be read
   */
  public static ContractReport check(Path path) throws IOException {
    if (!Files.isDirectory(path)) {
      throw new java.nio.file.NotDirectoryException(path.toString());
    }
    Path directory = DirectoryCheck.version(path);
    Findings findings = new Findings();
    Optional<Subject> subject = DirectoryCheck.look(directory, findings);
    if (subject.isEmpty()) {
      return new ContractReport(directory, findings.all("there is no graph to look into"));
    }
    GraphCheck.look(subject.get(), findings);
    VariablesCheck.look(subject.get(), findings);
    SignatureCheck.look(subject.get(), findings);
    List<Long> sizes = ExtrasCheck.look(subject.get(), findings);
    List<WarmupRequest> requests = WarmupCheck.look(subject.get(), findings, sizes);
    boolean unfit =
        findings.broken(
            Rule.SERVE_TAG,
            Rule.GRAPH_WHOLE,
            Rule.KNOWN_OPS,
            Rule.NO_FILE_OPS,
            Rule.ASSETS_INSIDE,
            Rule.VARIABLES_WHOLE,
            Rule.VARIABLES_RESTORED,
            Rule.SIGNATURE_TENSORS);
    if (!unfit) {
      LoadedCheck.look(subject.get(), requests, findings);
    }
    return new ContractReport(
        directory,
        findings.all(
            unfit
                ? "not loaded: what is broken above comes first"
                : "the model could not be loaded"));
  }
}
