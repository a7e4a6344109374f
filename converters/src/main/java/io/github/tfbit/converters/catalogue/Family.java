package io.github.tfbit.converters.catalogue;

import java.util.List;
import java.util.Objects;

/**
 * Entries that were published together.
 *
 * @param id short and without spaces, for filters
 * @param title for people
 * @param notes what has to be known of all of them; may be empty
 */
public record Family(String id, String title, List<String> notes) {
  /** Copies the notes. */
  public Family {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(title, "title");
    notes = List.copyOf(notes);
  }
}
