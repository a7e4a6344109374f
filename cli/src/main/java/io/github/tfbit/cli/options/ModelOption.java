package io.github.tfbit.cli.options;

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
          "An .npz file in the published layout, a run directory, or "
              + ShippedModels.SMALL
              + ", which is shipped.")
  private String model;

  /**
   * Finds the model.
   *
   * @return it, to be closed
   * @throws Failure if there is none
   * @throws IOException if it cannot be made ready
   */
  public ModelArgument resolve() throws Failure, IOException {
    return ModelArgument.resolve(model);
  }
}
