package io.github.tfbit.cli.options;

import io.github.tfbit.cli.console.Console;
import io.github.tfbit.cli.console.Failure;
import java.io.IOException;
import picocli.CommandLine.Option;

/** The model that a command works with. */
public final class ModelOption {
  @Option(
      names = "--model",
      required = true,
      paramLabel = "M",
      description =
          "A model file or directory of any published form, a run directory, or the name of a"
              + " published model (see tfbit models), which is fetched if it is not in the cache.")
  private String model;

  /**
   * Finds the model.
   *
   * @param console to show progress on if it has to be fetched
   * @return it, to be closed
   * @throws Failure if there is none
   * @throws IOException if it cannot be made ready
   */
  public ModelArgument resolve(Console console) throws Failure, IOException {
    return ModelArgument.resolve(model, console);
  }
}
