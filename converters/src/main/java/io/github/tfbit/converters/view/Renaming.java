package io.github.tfbit.converters.view;

import static io.github.tfbit.checkpoints.CheckpointException.corrupt;

import io.github.tfbit.checkpoints.Checkpoint;
import io.github.tfbit.checkpoints.CheckpointException;
import io.github.tfbit.checkpoints.CheckpointException.Mismatch;
import io.github.tfbit.checkpoints.Problem;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A file's tensors on their way to the published names: each name once, and no strangers. */
public final class Renaming {
  private static final int SHOWN = 5;

  private final Checkpoint file;
  private final Map<String, Mapping> mappings = new LinkedHashMap<>();
  private final List<String> strangers = new ArrayList<>();

  /**
   * None yet.
   *
   * @param file whose tensors are renamed; closed with the view
   */
  public Renaming(Checkpoint file) {
    this.file = file;
  }

  /**
   * One more tensor of the view.
   *
   * @param mapping where it comes from
   * @throws CheckpointException.Corrupt if another has its name
   */
  public void add(Mapping mapping) throws CheckpointException {
    Mapping before = mappings.put(mapping.info().name(), mapping);
    if (before != null) {
      throw corrupt(
          file.source(),
          "one tensor that is '" + mapping.info().name() + "'",
          "two, '" + before.original() + "' and '" + mapping.original() + "'");
    }
  }

  /**
   * One that has no published name.
   *
   * @param stranger as the message shall name it
   */
  public void addStranger(String stranger) {
    strangers.add(stranger);
  }

  /**
   * Refuses a file with strangers in it.
   *
   * @param expected instead of them
   * @throws Mismatch naming the first of them
   */
  public void requireNoStrangers(String expected) throws Mismatch {
    if (strangers.isEmpty()) {
      return;
    }
    int more = strangers.size() - SHOWN;
    String shown = String.join(", ", strangers.subList(0, Math.min(SHOWN, strangers.size())));
    throw new Mismatch(
        new Problem(
            expected,
            shown + (more > 0 ? " and " + more + " more" : ""),
            file.source(),
            "this is another network or holds more than one; name a file of BiT weights"));
  }

  /**
   * The tensors that were added.
   *
   * @return a lazy view in their order
   */
  public Checkpoint view() {
    return MappedCheckpoint.of(file, List.copyOf(mappings.values()));
  }
}
