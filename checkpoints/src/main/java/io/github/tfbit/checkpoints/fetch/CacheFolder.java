package io.github.tfbit.checkpoints.fetch;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Where the cache lies: {@code TFBIT_CACHE}, else where the platform keeps what can be fetched
 * again.
 *
 * <table>
 * <caption>Without {@code TFBIT_CACHE}</caption>
 * <tr><td>Linux and others</td><td>{@code $XDG_CACHE_HOME/tfbit}, else {@code ~/.cache/tfbit}</td></tr>
 * <tr><td>macOS</td><td>{@code ~/Library/Caches/tfbit}</td></tr>
 * <tr><td>Windows</td><td>{@code %LOCALAPPDATA%\tfbit\cache}</td></tr>
 * </table>
 */
final class CacheFolder {
  private static final String NAME = "tfbit";

  private CacheFolder() {}

  static Path of(Map<String, String> environment) {
    return of(environment, System.getProperty("os.name"), System.getProperty("user.home"));
  }

  static Path of(Map<String, String> environment, String system, String userHome) {
    Optional<String> wanted = value(environment, "TFBIT_CACHE");
    if (wanted.isPresent()) {
      return Path.of(wanted.get()).toAbsolutePath().normalize();
    }
    Path home = absolute(environment, "HOME").orElse(Path.of(userHome));
    String os = system.toLowerCase(Locale.ROOT);
    if (os.startsWith("windows")) {
      Path local =
          absolute(environment, "LOCALAPPDATA")
              .orElse(Path.of(userHome).resolve("AppData").resolve("Local"));
      return local.resolve(NAME).resolve("cache");
    } else if (os.startsWith("mac")) {
      return home.resolve("Library").resolve("Caches").resolve(NAME);
    }
    // "All paths set in these environment variables must be absolute. If an implementation
    // encounters a relative path ... it should consider the path invalid and ignore it."
    return absolute(environment, "XDG_CACHE_HOME").orElse(home.resolve(".cache")).resolve(NAME);
  }

  private static Optional<String> value(Map<String, String> environment, String name) {
    return Optional.ofNullable(environment.get(name)).filter(v -> !v.isBlank());
  }

  private static Optional<Path> absolute(Map<String, String> environment, String name) {
    try {
      return value(environment, name).map(Path::of).filter(Path::isAbsolute);
    } catch (InvalidPathException e) {
      return Optional.empty();
    }
  }
}
