package io.github.tfbit.converters;

import io.github.tfbit.checkpoints.Checkpoint;
import io.github.tfbit.checkpoints.CheckpointException.Mismatch;
import io.github.tfbit.checkpoints.DType;
import io.github.tfbit.checkpoints.Problem;
import io.github.tfbit.checkpoints.TensorInfo;
import io.github.tfbit.converters.TensorDifference.Kind;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * What weights are, whatever file they lie in: equal for the same values in every form, different
 * for one flipped bit.
 *
 * <p>Anybody can recompute it. The canonical tensors are those of the published npz layout: regular
 * names, kernels HWIO, the head's kernel {@code [1, 1, features, classes]}, float32, little-endian,
 * C order. The content id is the SHA-256, in lower-case hexadecimal digits, of this ASCII text:
 *
 * <pre>{@code
 * tfbit-content-1
 * NAME SHAPE SHA256
 * }</pre>
 *
 * with the second line once for each tensor, sorted by name; {@code SHAPE} is the dimensions in
 * decimal digits with commas between them, {@code SHA256} that of the tensor's bytes in lower-case
 * hexadecimal digits; one space between the parts, one line feed after each line. The backbone's id
 * is the same without the two tensors of the head.
 *
 * <p>Immutable. Nothing of it depends on the number of threads that computed it.
 */
public final class ContentId {
  private static final String FORM = "tfbit-content-1\n";

  private final Map<String, TensorDigest> digests;
  private final String id;
  private final String backboneId;

  private ContentId(Map<String, TensorDigest> digests) {
    this.digests = digests;
    this.id = id(name -> true);
    this.backboneId = id(name -> !isHead(name));
  }

  /**
   * Reads every value once, tensors beside each other on all cores.
   *
   * @param published float32 tensors under the published names, as {@link Layout#open} gives them;
   *     stays the caller's
   * @return digests and id
   * @throws Mismatch if a tensor is not float32
   * @throws io.github.tfbit.checkpoints.CheckpointException if the contents are corrupt
   * @throws java.io.InterruptedIOException if the thread was interrupted; its flag stays set
   * @throws IOException if reading fails
   */
  public static ContentId of(Checkpoint published) throws IOException {
    requireFloat32(published);
    List<TensorInfo> largestFirst = new ArrayList<>(published.tensors());
    largestFirst.sort(Comparator.comparingLong(TensorInfo::byteSize).reversed());
    Map<String, TensorDigest> found =
        Parallel.map(largestFirst, t -> DigestPass.of(published, t)).stream()
            .collect(Collectors.toMap(d -> d.tensor().name(), d -> d));
    Map<String, TensorDigest> inOrder = new LinkedHashMap<>();
    published.tensors().forEach(t -> inOrder.put(t.name(), found.get(t.name())));
    return new ContentId(inOrder);
  }

  private static void requireFloat32(Checkpoint published) throws Mismatch {
    for (TensorInfo t : published.tensors()) {
      if (t.dtype() != DType.FLOAT32) {
        throw new Mismatch(
            new Problem(
                DType.FLOAT32 + " tensors",
                t.dtype() + " in '" + t.name() + "'",
                published.source(),
                "convert the file to " + DType.FLOAT32 + " first"));
      }
    }
  }

  private String id(Predicate<String> counted) {
    return Sha256.of(
        digests.keySet().stream()
            .filter(counted)
            .sorted()
            .map(name -> line(digests.get(name)))
            .collect(Collectors.joining("", FORM, "")));
  }

  private static String line(TensorDigest d) {
    String shape =
        d.tensor().shape().stream().map(String::valueOf).collect(Collectors.joining(","));
    return d.tensor().name() + " " + shape + " " + d.sha256() + "\n";
  }

  private static boolean isHead(String name) {
    return name.equals(PublishedNames.HEAD_KERNEL) || name.equals(PublishedNames.HEAD_BIAS);
  }

  /**
   * The id of all tensors.
   *
   * @return 64 lower-case hexadecimal digits
   */
  public String id() {
    return id;
  }

  /**
   * The id of all tensors but the head's, equal for heads of any kind on one backbone.
   *
   * @return 64 lower-case hexadecimal digits
   */
  public String backboneId() {
    return backboneId;
  }

  /**
   * Every tensor's digest.
   *
   * @return in the order of the checkpoint
   */
  public List<TensorDigest> tensors() {
    return List.copyOf(digests.values());
  }

  /**
   * One tensor's digest.
   *
   * @param name published
   * @return empty if there is no such tensor
   */
  public Optional<TensorDigest> find(String name) {
    return Optional.ofNullable(digests.get(name));
  }

  /**
   * Tensors with a value that is NaN or infinite.
   *
   * @return in the order of the checkpoint, none in a sound file
   */
  public List<TensorDigest> notFinite() {
    return digests.values().stream().filter(d -> d.values().notFinite() > 0).toList();
  }

  /**
   * The tensors by which these weights and others differ.
   *
   * @param other weights
   * @return in this one's order, then those that only the other has; none if the ids are equal
   */
  public List<TensorDifference> differences(ContentId other) {
    List<TensorDifference> all = new ArrayList<>();
    digests.forEach(
        (name, here) ->
            compare(here, other.digests.get(name))
                .ifPresent(kind -> all.add(new TensorDifference(name, kind))));
    other.digests.keySet().stream()
        .filter(name -> !digests.containsKey(name))
        .forEach(name -> all.add(new TensorDifference(name, Kind.ONLY_THERE)));
    return List.copyOf(all);
  }

  private static Optional<Kind> compare(TensorDigest here, TensorDigest there) {
    if (there == null) {
      return Optional.of(Kind.ONLY_HERE);
    } else if (!here.tensor().shape().equals(there.tensor().shape())) {
      return Optional.of(Kind.SHAPE);
    }
    return here.sha256().equals(there.sha256()) ? Optional.empty() : Optional.of(Kind.VALUES);
  }

  /**
   * Two are equal if their ids are.
   *
   * @param other anything
   * @return whether it is the id of the same weights
   */
  @Override
  public boolean equals(Object other) {
    return other instanceof ContentId c && c.id.equals(id);
  }

  @Override
  public int hashCode() {
    return id.hashCode();
  }

  @Override
  public String toString() {
    return id;
  }
}
