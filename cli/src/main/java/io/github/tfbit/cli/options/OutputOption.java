package io.github.tfbit.cli.options;

import io.github.tfbit.checkpoints.Existing;
import picocli.CommandLine.Option;

/** What happens to an output that exists. */
public final class OutputOption {
  @Option(names = "--force", description = "Replace an output that exists.")
  private boolean force;

  /**
   * What to do with an output that exists.
   *
   * @return replace it if the user said so
   */
  public Existing existing() {
    return force ? Existing.REPLACE : Existing.REFUSE;
  }
}
