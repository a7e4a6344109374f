package io.github.tfbit.cli.options;

import io.github.tfbit.data.ImageSize;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The size that pictures are resized to. */
public final class SizeOption {
  @Option(
      names = "--size",
      arity = "2",
      paramLabel = "H W",
      hideParamSyntax = true,
      converter = PositiveInteger.class,
      description =
          "Height and width that pictures are resized to (default: what the model was"
              + " fine-tuned at, else the paper's for its architecture).")
  private List<Integer> size = List.of();

  /**
   * The size asked for.
   *
   * @return empty if the model's own is wanted
   */
  public Optional<ImageSize> get() {
    return size.isEmpty() ? Optional.empty() : Optional.of(new ImageSize(size.get(0), size.get(1)));
  }
}
