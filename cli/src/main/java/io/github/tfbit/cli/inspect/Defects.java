package io.github.tfbit.cli.inspect;

import io.github.tfbit.cli.command.Upstream;
import io.github.tfbit.cli.console.Text;
import io.github.tfbit.converters.Architecture;
import io.github.tfbit.converters.ContentId;
import io.github.tfbit.converters.Head;
import io.github.tfbit.converters.Layout;
import io.github.tfbit.converters.TensorDigest;
import io.github.tfbit.converters.catalogue.Catalogue;
import io.github.tfbit.converters.catalogue.Entry;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What is wrong with a model, in sentences. */
final class Defects {
  /** Such as R50x3, or 50x3 in timm's resnetv2_50x3_bit; not the sides of a picture, 150x100. */
  private static final Pattern CLAIM =
      Pattern.compile("(?<![0-9.])(26|50|101|152)x(0\\.25|[1-4])(?![0-9x])");

  /** Files whose name says nothing, because tools expect it: their folder's says it. */
  private static final List<String> GENERIC = List.of("model.safetensors", "model.npz");

  private static final String NPZ = ".npz";

  private Defects() {}

  static List<String> of(Upstream upstream, ContentId content) {
    List<String> all = new ArrayList<>();
    if (upstream.run().isEmpty()) {
      Ending.defect(upstream.path(), upstream.file().layout()).ifPresent(all::add);
      wrongName(upstream.path(), upstream.architecture()).ifPresent(all::add);
    }
    if (upstream.file().layout() == Layout.TFBIT_EXPORT) {
      all.add(
          "kernels are standardised, as exports have them: ids and fingerprint are not those of the"
              + " weights it was made from, and training cannot start from it");
    }
    known(upstream).ifPresent(entry -> published(entry, upstream, all));
    upstream
        .run()
        .flatMap(run -> run.contentId())
        .filter(recorded -> !recorded.equals(content.id()))
        .ifPresent(
            recorded -> all.add("the weights are not those that the run ended with, " + recorded));
    content.notFinite().forEach(d -> all.add(notFinite(d)));
    return List.copyOf(all);
  }

  /** The published file that this is, or whose name it has. */
  private static Optional<Entry> known(Upstream upstream) {
    if (upstream.entry().isPresent() || upstream.run().isPresent()) {
      return upstream.entry();
    }
    String name = String.valueOf(upstream.path().toAbsolutePath().normalize().getFileName());
    String bare = name.endsWith(NPZ) ? name.substring(0, name.length() - NPZ.length()) : name;
    return Catalogue.published().find(bare);
  }

  private static void published(Entry entry, Upstream upstream, List<String> defects) {
    entry.defects().forEach(d -> defects.add("published " + entry.name() + ": " + d));
    int found = upstream.head().map(Head::classes).orElse(0);
    int promised = entry.head().map(Head::classes).orElse(0);
    if (found != promised) {
      defects.add(
          Text.of(
              "published %s has %s, this file has %s",
              entry.name(),
              Text.count(promised, "class", "classes"),
              Text.count(found, "class", "classes")));
    }
  }

  private static String notFinite(TensorDigest d) {
    long n = d.values().notFinite();
    return d.tensor().name()
        + (": " + n + (n == 1 ? " value is" : " values are"))
        + (" NaN or infinite, the first at index " + d.values().firstNotFinite());
  }

  /** A name that claims another architecture than the tensors have. */
  static Optional<String> wrongName(Path path, Architecture found) {
    String name = String.valueOf(path.toAbsolutePath().normalize().getFileName());
    if (GENERIC.contains(name)) {
      name = String.valueOf(path.toAbsolutePath().normalize().getParent().getFileName());
    }
    List<String> claims = claims(name);
    return claims.isEmpty() || claims.contains(found.name())
        ? Optional.empty()
        : Optional.of("the name says " + claims.get(0) + ", the tensors say " + found.name());
  }

  private static List<String> claims(String name) {
    List<String> claims = new ArrayList<>();
    Matcher m = CLAIM.matcher(name);
    while (m.find()) {
      String claim = "R" + m.group();
      if (Architecture.names().contains(claim)) {
        claims.add(claim);
      }
    }
    return claims;
  }
}
