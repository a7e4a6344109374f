package io.github.tfbit.data;

import java.util.Objects;

/**
 * One picture with its labels. The arrays are not copied: whoever hands them over leaves them as
 * they are.
 *
 * @param id names the picture in messages: a path, a key
 * @param encoded the bytes of a JPEG, PNG, GIF, BMP or WebP file
 * @param labels indices into {@link ImageDataset#classes()}; one, or several for sigmoid heads
 */
@SuppressWarnings("ArrayRecordComponent")
public record Example(String id, byte[] encoded, int[] labels) {
  /** Refuses nulls. */
  public Example {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(encoded, "encoded");
    Objects.requireNonNull(labels, "labels");
  }
}
