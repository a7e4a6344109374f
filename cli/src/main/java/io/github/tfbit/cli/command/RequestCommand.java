package io.github.tfbit.cli.command;

import io.github.tfbit.cli.options.CommonOptions;
import io.github.tfbit.cli.options.Pictures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.TypeConversionException;

/** Prints what a REST client sends. */
@Command(
    name = "request",
    description = "Print the JSON body of a REST request for pictures.",
    footer = {
      "",
      "Example:",
      "  tfbit request shoe.jpg | curl -s --data-binary @- \\",
      "    http://127.0.0.1:8501/v1/models/photos:predict",
      "",
      "It goes through a pipe, because a shell's argument ends at 128 KiB."
    })
public final class RequestCommand implements Callable<Integer> {
  private final Session session;

  @Parameters(arity = "1..*", paramLabel = "IMAGE|FOLDER", description = "Pictures.")
  private List<Path> inputs;

  @Option(
      names = "--signature",
      paramLabel = "NAME",
      converter = SignatureConverter.class,
      description = "serving_default, features or classify (default: serving_default).")
  private String signature = "serving_default";

  @Mixin
  @SuppressWarnings("UnusedVariable")
  private CommonOptions common; // what is printed is JSON in any case

  /** Reads the name of a signature that takes encoded pictures. */
  static final class SignatureConverter implements ITypeConverter<String> {
    @Override
    public String convert(String value) {
      return switch (value) {
        case "serving_default", "features", "classify" -> value;
        default ->
            throw new TypeConversionException(
                "expected serving_default, features or classify, found '" + value + "'");
      };
    }
  }

  /**
   * The command.
   *
   * @param session to speak and be interrupted by
   */
  public RequestCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() throws Exception {
    boolean classify = signature.equals("classify");
    String member = classify ? "image/encoded" : "image_bytes";
    StringBuilder body = new StringBuilder("{\"signature_name\": \"").append(signature);
    body.append(classify ? "\", \"examples\": [" : "\", \"instances\": [");
    String comma = "";
    for (Path picture : Pictures.list(inputs)) {
      session.interrupts().check();
      body.append(comma).append("{\"").append(member).append("\": {\"b64\": \"");
      body.append(base64(picture)).append("\"}}");
      comma = ", ";
    }
    session.console().result(body.append("]}").toString());
    return 0;
  }

  private static String base64(Path picture) throws IOException {
    return Base64.getEncoder().encodeToString(Files.readAllBytes(picture));
  }
}
