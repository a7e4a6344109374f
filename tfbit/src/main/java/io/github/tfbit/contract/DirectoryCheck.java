package io.github.tfbit.contract;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.github.tfbit.checkpoints.Problem;
import io.github.tfbit.graph.OpRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.SavedModel;

/** What can be said before the graph is looked into. */
final class DirectoryCheck {
  private static final String FILE = "saved_model.pb";
  private static final long MOST_BYTES = 256L << 20;

  private DirectoryCheck() {}

  /** The highest version in a model's directory; any other directory itself. */
  static Path version(Path given) throws IOException {
    if (Files.exists(given.resolve(FILE)) || !Files.isDirectory(given)) {
      return given;
    }
    try (Stream<Path> entries = Files.list(given)) {
      return entries
          .filter(e -> isNumber(e.getFileName().toString()) && Files.isDirectory(e))
          .max((a, b) -> Long.compare(number(a), number(b)))
          .orElse(given);
    }
  }

  private static boolean isNumber(String name) {
    boolean digits = !name.isEmpty() && name.chars().allMatch(c -> c >= '0' && c <= '9');
    return digits && name.length() < 19;
  }

  private static long number(Path version) {
    return Long.parseLong(version.getFileName().toString());
  }

  /** Looks at name and file; empty if there is no graph to look into. */
  static Optional<Subject> look(Path directory, Findings findings) throws IOException {
    Path last = directory.toAbsolutePath().normalize().getFileName();
    String name = last == null ? "" : last.toString();
    if (isNumber(name)) {
      findings.pass(Rule.VERSION_DIRECTORY, name);
    } else {
      findings.fail(Rule.VERSION_DIRECTORY, "the name '" + Problem.shown(name) + "'");
    }
    Optional<ByteString> bytes = bytes(directory.resolve(FILE), findings);
    if (bytes.isEmpty()) {
      return Optional.empty();
    }
    try {
      SavedModel model = SavedModel.parseFrom(bytes.get());
      findings.pass(Rule.MODEL_FILE, bytes.get().size() + " bytes");
      return served(model, findings)
          .map(
              meta ->
                  new Subject(
                      directory,
                      bytes.get(),
                      meta,
                      new GraphView(meta.getGraphDef()),
                      OpRegistry.known()));
    } catch (InvalidProtocolBufferException e) {
      findings.fail(Rule.MODEL_FILE, "no SavedModel: " + e.getMessage());
      return Optional.empty();
    }
  }

  private static Optional<ByteString> bytes(Path file, Findings findings) throws IOException {
    if (!Files.isRegularFile(file)) {
      findings.fail(Rule.MODEL_FILE, "no such file");
    } else if (Files.size(file) > MOST_BYTES) {
      findings.fail(
          Rule.MODEL_FILE,
          Files.size(file) + " bytes; this check reads 256 MiB, weights belong into variables/");
    } else {
      return Optional.of(ByteString.copyFrom(Files.readAllBytes(file)));
    }
    return Optional.empty();
  }

  private static Optional<MetaGraphDef> served(SavedModel model, Findings findings) {
    long version = model.getSavedModelSchemaVersion();
    if (version == 1) {
      findings.pass(Rule.SCHEMA_VERSION, "1");
    } else {
      findings.fail(Rule.SCHEMA_VERSION, Long.toString(version));
    }
    List<List<String>> tags =
        model.getMetaGraphsList().stream()
            .map(m -> List.copyOf(m.getMetaInfoDef().getTagsList()))
            .toList();
    int at = tags.indexOf(List.of("serve"));
    if (at < 0) {
      findings.fail(Rule.SERVE_TAG, "graphs with the tags " + Problem.shown(tags.toString()));
    } else {
      findings.pass(Rule.SERVE_TAG, "graph " + (at + 1) + " of " + tags.size());
    }
    if (tags.isEmpty()) {
      return Optional.empty();
    }
    MetaGraphDef meta = model.getMetaGraphs(Math.max(at, 0));
    String written = meta.getMetaInfoDef().getTensorflowVersion();
    if (written.isEmpty()) {
      findings.fail(Rule.TENSORFLOW_VERSION, "none is recorded");
    } else {
      findings.pass(Rule.TENSORFLOW_VERSION, Problem.shown(written));
    }
    return Optional.of(meta);
  }
}
