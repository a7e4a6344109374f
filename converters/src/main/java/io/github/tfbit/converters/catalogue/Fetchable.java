package io.github.tfbit.converters.catalogue;

import io.github.tfbit.checkpoints.CheckpointException;
import io.github.tfbit.checkpoints.CheckpointException.Mismatch;
import io.github.tfbit.checkpoints.Problem;
import io.github.tfbit.checkpoints.fetch.Artefact.Check;
import io.github.tfbit.checkpoints.fetch.Artefact.Member;
import io.github.tfbit.checkpoints.fetch.ExpectedSize;
import io.github.tfbit.checkpoints.fetch.FileKind;
import io.github.tfbit.checkpoints.fetch.Source;
import io.github.tfbit.converters.ContentId;
import io.github.tfbit.converters.FingerprintMatch;
import io.github.tfbit.converters.ModelFile;
import io.github.tfbit.converters.fingerprints.Fingerprints;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** An entry as something to fetch: its files with all that is known of them. */
public final class Fetchable {
  private Fetchable() {}

  /**
   * What there is to fetch.
   *
   * @param entry one that is not shipped
   * @return its files; whoever fetches them gets the fingerprints compared too, where known
   */
  public static io.github.tfbit.checkpoints.fetch.Artefact of(Entry entry) {
    String root = entry.location();
    List<Member> members = new ArrayList<>();
    for (Artefact file : entry.artefacts()) {
      String inside = file.path().equals(root) ? "" : file.path().substring(root.length() + 1);
      members.add(
          new Member(
              inside, new Source(file.uri(), size(file.size()), List.of(), kind(file.path()))));
    }
    Check check = fetched -> requireSound(entry, fetched);
    return new io.github.tfbit.checkpoints.fetch.Artefact(entry.name(), root, members, check);
  }

  private static ExpectedSize size(FileSize size) {
    return switch (size.certainty()) {
      case EXACT -> ExpectedSize.exactly(size.bytes());
      case PREDICTED -> ExpectedSize.about(size.bytes());
      case UNKNOWN -> ExpectedSize.unknown();
    };
  }

  /** What a file has to look like, from the end of its published name. */
  static FileKind kind(String path) {
    if (path.endsWith(".npz")) {
      return FileKind.ZIP;
    } else if (path.endsWith(".h5")) {
      return FileKind.HDF5;
    } else if (path.endsWith(".gz")) {
      return FileKind.GZIP;
    } else if (path.endsWith(".safetensors")) {
      return FileKind.SAFETENSORS;
    } else if (path.endsWith(".index")) {
      return FileKind.TENSOR_INDEX;
    } else if (path.endsWith(".json")) {
      return FileKind.JSON;
    }
    return path.endsWith(".txt") ? FileKind.TEXT : FileKind.BINARY;
  }

  /**
   * Reads every tensor once, so that checksums of the form itself count, and refuses weights that
   * are not those that are known by theirs. What is no BiT network in a form that is read is kept:
   * whoever opens it hears what it is.
   */
  private static void requireSound(Entry entry, Path fetched) throws IOException {
    ContentId id;
    try (ModelFile file = ModelFile.open(fetched)) {
      id = ContentId.of(file.weights());
    } catch (CheckpointException.Unsupported | Mismatch e) {
      if (entry.fingerprints().isPresent() && e instanceof Mismatch) {
        throw e;
      }
      return;
    }
    if (entry.fingerprints().isPresent()) {
      requireGenuine(entry, entry.fingerprints().get(), id);
    }
  }

  private static void requireGenuine(Entry entry, String model, ContentId id) throws Mismatch {
    FingerprintMatch match = FingerprintMatch.of(id, model, Fingerprints.of(model).orElseThrow());
    if (!match.genuine()) {
      throw new Mismatch(
          new Problem(
              "the " + match.known() + " tensors of " + model,
              match.equal() + " of them",
              entry.name() + ", as fetched",
              "it is not the published file: check --base-url and the proxy; nothing was kept"));
    }
  }
}
