package io.github.tfbit.checkpoints.fetch;

import io.github.tfbit.checkpoints.Problem;
import io.github.tfbit.checkpoints.fetch.Artefact.Member;
import io.github.tfbit.checkpoints.fetch.FetchException.Reason;
import io.github.tfbit.checkpoints.fetch.Hash.Algorithm;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The folder of fetched files. What it gives out has been read whole and compared with its record;
 * what it takes in has been compared with all that is known of it. Safe from any thread and any
 * number of processes.
 *
 * <pre>{@code
 * ModelCache cache = ModelCache.of(System.getenv());
 * Path weights = cache.fetch(artefact, Optional.empty(), FetchListener.NONE);
 * }</pre>
 */
public final class ModelCache {
  private final Path folder;
  private final boolean offline;
  private final Fetcher fetcher;

  private ModelCache(Path folder, boolean offline, Fetcher fetcher) {
    this.folder = folder.toAbsolutePath().normalize();
    this.offline = offline;
    this.fetcher = fetcher;
  }

  /**
   * The cache that the environment asks for: {@code TFBIT_CACHE}, else the platform's folder for
   * what can be fetched again; {@code TFBIT_OFFLINE=1} forbids connections; {@code HTTPS_PROXY} and
   * its like are read as curl reads them.
   *
   * @param environment variables, such as {@link System#getenv()}
   * @return the cache; its folder is made when something enters it
   */
  public static ModelCache of(Map<String, String> environment) {
    return of(CacheFolder.of(environment), environment, FetchSettings.DEFAULT);
  }

  /**
   * A cache in a folder of your own.
   *
   * @param folder where
   * @param environment variables: {@code TFBIT_OFFLINE} and proxies
   * @param settings how patient it is
   * @return the cache; its folder is made when something enters it
   */
  public static ModelCache of(
      Path folder, Map<String, String> environment, FetchSettings settings) {
    return of(folder, environment, settings, Room.OF_DISK);
  }

  static ModelCache of(
      Path folder, Map<String, String> environment, FetchSettings settings, Room room) {
    String offline = environment.getOrDefault("TFBIT_OFFLINE", "").strip();
    boolean forbidden = !Set.of("", "0", "false", "no").contains(offline);
    return new ModelCache(folder, forbidden, new Fetcher(settings, environment, room));
  }

  /**
   * Checks an address before anything is fetched from under it.
   *
   * @param mirror its address, with or without a slash at its end
   * @return the same
   * @throws IllegalArgumentException if it is not an http or https address with a host, or has a
   *     password, query or fragment
   */
  public static URI requireMirror(URI mirror) {
    Addresses.under(mirror, "");
    return mirror;
  }

  /**
   * Where it lies.
   *
   * @return an absolute path, which may not exist yet
   */
  public Path folder() {
    return folder;
  }

  /**
   * Where an artefact lies once it is there.
   *
   * @param artefact to look for
   * @return an absolute path, which may not exist yet
   */
  public Path place(Artefact artefact) {
    return folder.resolve(artefact.path());
  }

  /**
   * What is there and as it was recorded: size and SHA-256, all of it read.
   *
   * @param artefact to look for
   * @return the file or directory, empty if it is not there or damaged
   * @throws IOException if reading fails
   */
  public Optional<Path> find(Artefact artefact) throws IOException {
    Path target = place(artefact);
    boolean sound = Inspection.of(artefact, target, record(target)) instanceof Inspection.Sound;
    return sound ? Optional.of(target) : Optional.empty();
  }

  /**
   * What is there, verified, or else what is fetched. Waits while another thread or process fetches
   * the same.
   *
   * @param artefact to have
   * @param mirror address under which the artefacts' paths are found; empty for where each was
   *     published
   * @param listener hears how it goes
   * @return the verified file or directory
   * @throws FetchException if it cannot be had; nothing wrong has entered the cache
   * @throws IOException if reading or writing fails, or what was fetched is refused by the
   *     artefact's own check
   */
  public Path fetch(Artefact artefact, Optional<URI> mirror, FetchListener listener)
      throws IOException {
    Path target = place(artefact);
    Optional<Path> there = find(artefact);
    if (there.isPresent()) {
      staging(artefact).tidy();
      return there.get();
    }
    Path lockFile = folder.resolve(".locks").resolve(artefact.path().replace('/', '+') + ".lock");
    if (offline && !Files.exists(target)) {
      throw offline(artefact, "nothing in the cache");
    }
    return CacheLock.holding(
        lockFile, () -> listener.waiting(target), () -> alone(artefact, mirror, listener));
  }

  /** The rest of {@link #fetch}, done by nobody else at the same time. */
  private Path alone(Artefact artefact, Optional<URI> mirror, FetchListener listener)
      throws IOException {
    Path target = place(artefact);
    Inspection inspection = Inspection.of(artefact, target, record(target));
    if (inspection instanceof Inspection.Sound
        || (inspection instanceof Inspection.Unrecorded && adopt(artefact, listener))) {
      return target;
    }
    String found = "nothing in the cache";
    if (inspection instanceof Inspection.Damaged damaged) {
      listener.damaged(target, damaged.why());
      found = "a damaged one in the cache (" + damaged.why() + ")";
    } else if (inspection instanceof Inspection.Unrecorded) {
      listener.damaged(target, "it has no record, and is not what its name says");
      found = "something else in its place, which has no record";
    }
    if (offline) {
      throw offline(artefact, found);
    }
    Files.createDirectories(target.getParent());
    staging(artefact).complete((member, part) -> member(artefact, member, part, mirror, listener));
    return target;
  }

  private Fetched member(
      Artefact artefact, Member member, PartFile part, Optional<URI> mirror, FetchListener listener)
      throws IOException {
    boolean single = member.path().isEmpty();
    String path = single ? artefact.path() : artefact.path() + "/" + member.path();
    String name = single ? artefact.name() : artefact.name() + "/" + member.path();
    Source source = member.source();
    if (mirror.isPresent()) {
      source = source.at(Addresses.under(mirror.get(), path));
    }
    return fetcher.fetch(name, source, part, listener);
  }

  private Staging staging(Artefact artefact) {
    Path target = place(artefact);
    return new Staging(artefact, target, record(target));
  }

  private static Path record(Path target) {
    return target.resolveSibling(target.getFileName() + ".json");
  }

  /** Takes what somebody has put into its place, if it passes for the artefact. */
  private boolean adopt(Artefact artefact, FetchListener listener) throws IOException {
    Path target = place(artefact);
    List<CacheRecord.Entry> entries = new ArrayList<>();
    for (Member member : artefact.members()) {
      Path file = member.path().isEmpty() ? target : target.resolve(member.path());
      Optional<Fetched> passed = passed(member.source(), file);
      if (passed.isEmpty()) {
        return false;
      }
      entries.add(new CacheRecord.Entry(member.path(), passed.get()));
    }
    try {
      artefact.check().accept(target);
    } catch (IOException e) {
      return false;
    }
    new CacheRecord(artefact.name(), java.time.Instant.now(), entries).write(record(target));
    listener.adopted(target);
    return true;
  }

  private static Optional<Fetched> passed(Source source, Path file) throws IOException {
    if (!Files.isRegularFile(file) || !source.size().allows(Files.size(file))) {
      return Optional.empty();
    }
    Set<Algorithm> wanted = EnumSet.of(Algorithm.SHA256);
    source.hashes().forEach(h -> wanted.add(h.algorithm()));
    Map<Algorithm, Hash> found = Digests.of(file, wanted);
    if (!found.values().containsAll(source.hashes())
        || Structure.objection(file, source.kind(), false).isPresent()) {
      return Optional.empty();
    }
    return Optional.of(
        new Fetched(
            "put there by hand",
            Files.size(file),
            found.get(Algorithm.SHA256),
            Optional.empty(),
            source.hashes()));
  }

  private FetchException offline(Artefact artefact, String found) {
    StringBuilder remedy = new StringBuilder("unset TFBIT_OFFLINE, or put ");
    for (int i = 0; i < artefact.members().size(); i++) {
      Member member = artefact.members().get(i);
      Path place = place(artefact);
      remedy
          .append(i == 0 ? "" : ", ")
          .append(member.source().uri())
          .append(" at ")
          .append(member.path().isEmpty() ? place : place.resolve(member.path()));
    }
    return new FetchException(
        Reason.OFFLINE,
        new Problem(
            artefact.name() + " in the cache, because TFBIT_OFFLINE forbids connections",
            found,
            place(artefact).toString(),
            remedy.toString()),
        null);
  }
}
