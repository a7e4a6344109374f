package io.github.tfbit.converters.catalogue;

import io.github.tfbit.converters.Architecture;
import io.github.tfbit.converters.Head;
import io.github.tfbit.converters.InputRange;
import io.github.tfbit.converters.Layout;
import io.github.tfbit.converters.labels.LabelSet;
import java.util.List;
import java.util.Optional;

/** One published model in one form. */
public final class Entry {
  private final Identity identity;
  private final Layout layout;
  private final Network network;
  private final Origin origin;
  private final Findings findings;

  Entry(Identity identity, Layout layout, Network network, Origin origin, Findings findings) {
    this.identity = identity;
    this.layout = layout;
    this.network = network;
    this.origin = origin;
    this.findings = findings;
    network
        .labels()
        .filter(l -> network.head().map(Head::classes).orElse(0) != l.size())
        .ifPresent(
            l -> {
              throw new IllegalArgumentException(
                  "expected a head of " + l.size() + " classes for " + l);
            });
  }

  /** What it is called. */
  record Identity(String name, List<String> aliases, Family family) {
    Identity {
      aliases = List.copyOf(aliases);
    }
  }

  /** What its tensors and pictures are. */
  record Network(
      Architecture architecture,
      Optional<Head> head,
      Optional<LabelSet> labels,
      Optional<InputRange> inputRange,
      List<Evaluation> evaluations,
      Optional<Integer> fineTunedAt) {
    Network {
      evaluations = List.copyOf(evaluations);
    }
  }

  /** Where it is from. */
  record Origin(List<Artefact> artefacts, String licence, String source) {
    Origin {
      artefacts = List.copyOf(artefacts);
    }
  }

  /** What was found out about it. */
  record Findings(List<String> defects, Optional<String> fingerprints) {
    Findings {
      defects = List.copyOf(defects);
    }
  }

  /**
   * The name, unique in the catalogue whatever its case.
   *
   * @return such as {@code BiT-M-R50x1}
   */
  public String name() {
    return identity.name();
  }

  /**
   * Other names that mean this entry.
   *
   * @return older names and addresses; often empty
   */
  public List<String> aliases() {
    return identity.aliases();
  }

  /**
   * What it was published with.
   *
   * @return one of {@link Catalogue#families}
   */
  public Family family() {
    return identity.family();
  }

  /**
   * The form of its files.
   *
   * @return a layout that is read
   */
  public Layout layout() {
    return layout;
  }

  /**
   * The architecture that its name promises; what a file holds is read from its tensors, and {@link
   * #defects} says where the two are known to differ.
   *
   * @return one that has a name
   */
  public Architecture architecture() {
    return network.architecture();
  }

  /**
   * The head.
   *
   * @return its classes and activation; empty for a feature vector
   */
  public Optional<Head> head() {
    return network.head();
  }

  /**
   * What the classes are.
   *
   * @return empty without a head and where nobody published the names
   */
  public Optional<LabelSet> labels() {
    return network.labels();
  }

  /**
   * The values that the artefact wants pictures in when its own runtime runs it.
   *
   * @return the range and how it is known; empty where nobody published it
   */
  public Optional<InputRange> inputRange() {
    return network.inputRange();
  }

  /**
   * The side of the pictures that it was trained on last, where that is not the paper's for its
   * architecture.
   *
   * @return pixels; empty for the paper's, and where nobody published it
   */
  public Optional<Integer> fineTunedAt() {
    return network.fineTunedAt();
  }

  /**
   * How it was evaluated, the likeliest first; sources can differ.
   *
   * @return empty where nothing was published
   */
  public List<Evaluation> evaluations() {
    return network.evaluations();
  }

  /**
   * Its files.
   *
   * @return one for npz, h5 and archives, several for directories; none if the project carries it
   */
  public List<Artefact> artefacts() {
    return origin.artefacts();
  }

  /**
   * Whether this project carries it: there is nothing to fetch.
   *
   * @return true for the small model alone
   */
  public boolean shipped() {
    return origin.artefacts().isEmpty();
  }

  /**
   * What to open below a cache's root once all artefacts are there: the file if there is one, else
   * the directory that holds them all.
   *
   * @return a relative path with {@code /} between its parts; empty if {@link #shipped}
   */
  public String location() {
    List<Artefact> files = artefacts();
    if (files.size() < 2) {
      return files.isEmpty() ? "" : files.get(0).path();
    }
    String common = files.get(0).path();
    for (Artefact file : files) {
      while (!file.path().startsWith(common + "/")) {
        int slash = common.lastIndexOf('/');
        if (slash < 0) {
          throw new IllegalStateException(name() + " has files without a common directory");
        }
        common = common.substring(0, slash);
      }
    }
    return common;
  }

  /**
   * The length of all files together.
   *
   * @return exact only if every file's is
   */
  public FileSize size() {
    return artefacts().stream().map(Artefact::size).reduce(FileSize::plus).orElse(FileSize.UNKNOWN);
  }

  /**
   * The licence of the weights.
   *
   * @return an SPDX identifier, or words that say that none is stated
   */
  public String licence() {
    return origin.licence();
  }

  /**
   * Who says all this.
   *
   * @return such as {@code google-research/big_transfer README}
   */
  public String source() {
    return origin.source();
  }

  /**
   * What is known to be wrong with the published file.
   *
   * @return a sentence each; mostly empty
   */
  public List<String> defects() {
    return findings.defects();
  }

  /**
   * The model whose tensors' checksums this entry's backbone has to have.
   *
   * @return a key of {@link io.github.tfbit.converters.fingerprints.Fingerprints}; mostly empty
   */
  public Optional<String> fingerprints() {
    return findings.fingerprints();
  }

  @Override
  public String toString() {
    return name();
  }
}
