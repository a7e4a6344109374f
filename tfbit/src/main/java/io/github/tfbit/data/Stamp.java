package io.github.tfbit.data;

import java.util.Objects;

/**
 * What tells, without reading a picture, whether it is still the one that it was.
 *
 * @param key names the picture in its source: a path relative to the data set's root, with slashes,
 *     or a place in a shard
 * @param bytes of the encoded picture
 * @param modifiedMillis when it was last modified, in milliseconds since 1970 (UTC); 0 if unknown
 */
public record Stamp(String key, long bytes, long modifiedMillis) {
  /** Refuses nulls. */
  public Stamp {
    Objects.requireNonNull(key, "key");
  }
}
