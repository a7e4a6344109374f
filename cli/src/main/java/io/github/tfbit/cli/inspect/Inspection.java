package io.github.tfbit.cli.inspect;

import io.github.tfbit.cli.command.Upstream;
import io.github.tfbit.cli.options.ModelArgument;
import io.github.tfbit.converters.ContentId;
import io.github.tfbit.converters.FingerprintMatch;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * What is known of a model after reading all of it.
 *
 * @param name as the user named it
 * @param upstream open
 * @param stored how the file has it
 * @param content of its weights
 * @param fingerprint how far it is a genuine published model; empty where none is known
 * @param defects sentences
 */
record Inspection(
    String name,
    Upstream upstream,
    StoredForm stored,
    ContentId content,
    Optional<FingerprintMatch> fingerprint,
    List<String> defects) {

  static Inspection of(ModelArgument argument, Upstream upstream) throws IOException {
    ContentId content = ContentId.of(upstream.weights());
    return new Inspection(
        argument.name(),
        upstream,
        StoredForm.of(upstream.file()),
        content,
        Genuine.match(upstream.architecture(), content),
        Defects.of(upstream, content));
  }

  long parameters() {
    return content.tensors().stream().mapToLong(d -> d.tensor().elements()).sum();
  }
}
