package io.github.tfbit.cli.command;

import com.google.gson.JsonObject;
import io.github.tfbit.BitModel;
import io.github.tfbit.cli.console.Console;
import io.github.tfbit.cli.console.Text;
import io.github.tfbit.cli.options.CommonOptions;
import io.github.tfbit.cli.options.ModelArgument;
import io.github.tfbit.cli.options.ModelOption;
import io.github.tfbit.cli.options.Port;
import io.github.tfbit.cli.options.PositiveInteger;
import io.github.tfbit.cli.options.RuntimeOptions;
import io.github.tfbit.cli.options.SizeOption;
import io.github.tfbit.serving.Limits;
import io.github.tfbit.serving.ModelServer;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Serves a model until it is interrupted. */
@Command(
    name = "serve",
    description = "Serve a model by TensorFlow Serving's REST and gRPC interfaces.",
    footer = {
      "",
      "Example:",
      "  tfbit serve --model runs/photos --name photos",
      "",
      "and, from another shell:",
      "  tfbit request shoe.jpg | curl -s --data-binary @- \\",
      "    http://127.0.0.1:8501/v1/models/photos:predict",
      "",
      "A page to try pictures on is at http://127.0.0.1:8501/. There is no",
      "authentication: another --host lets everybody who reaches it ask."
    })
public final class ServeCommand implements Callable<Integer> {
  /** The library underneath says at these names what only its developers need. */
  private static final Logger[] LOUD = {
    Logger.getLogger("com.linecorp.armeria"), Logger.getLogger("io.netty")
  };

  private static final Pattern DIGITS = Pattern.compile("[0-9]{1,18}");
  private static final Pattern NOT_IN_NAMES = Pattern.compile("[^A-Za-z0-9._-]+");

  private final Session session;

  @Spec private CommandSpec spec;
  @Mixin private ModelOption model;

  @Option(
      names = "--name",
      paramLabel = "NAME",
      description = "What clients call the model (default: from the model's path).")
  private String name;

  @Option(
      names = "--rest-port",
      paramLabel = "N",
      converter = Port.class,
      description = "Port for REST, 0 for any free one (default: 8501).")
  private int restPort = 8501;

  @Option(
      names = "--grpc-port",
      paramLabel = "N",
      converter = Port.class,
      description = "Port for gRPC, 0 for any free one (default: 8500).")
  private int grpcPort = 8500;

  @Option(
      names = "--host",
      paramLabel = "HOST",
      description = "Address to listen on (default: 127.0.0.1).")
  private String host = "127.0.0.1";

  @Option(
      names = "--top",
      paramLabel = "K",
      converter = PositiveInteger.class,
      description = "Classes that an answer names, at most all (default: 5).")
  private int top = BitModel.DEFAULT_TOP;

  @Option(
      names = "--queue",
      paramLabel = "N",
      converter = PositiveInteger.class,
      description = "Pictures in hand at most; more are refused (default: 512).")
  private int queue = Limits.DEFAULT.pictures();

  @Mixin private SizeOption size;
  @Mixin private RuntimeOptions runtime;
  @Mixin private CommonOptions common;

  /**
   * The command.
   *
   * @param session to speak and be interrupted by
   */
  public ServeCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() throws Exception {
    for (Logger logger : LOUD) {
      logger.setLevel(Level.WARNING);
    }
    CountDownLatch stop = new CountDownLatch(1);
    session.interrupts().onInterruptEndItself(stop::countDown);
    try (ModelArgument argument = model.resolve(session.console());
        BitModel opened = session.open(argument, runtime, size.get(), top)) {
      Session.requireHead(opened.head(), argument);
      Session.noteOf(opened.labels()).ifPresent(session.console()::say);
      try (ModelServer server = builder(argument, opened).start()) {
        announce(argument, server);
        stop.await();
        session.console().say("stopping: requests in hand are answered first");
      }
    }
    return 0;
  }

  private ModelServer.Builder builder(ModelArgument argument, BitModel opened) {
    Limits limits = Limits.DEFAULT;
    try {
      return ModelServer.of(opened)
          .name(name == null ? nameOf(argument.name()) : name)
          .version(versionOf(argument.path()))
          .host(host)
          .restPort(restPort)
          .grpcPort(grpcPort)
          .limits(new Limits(limits.requestBytes(), limits.requests(), queue, limits.patience()))
          .facts(Map.of("Model", argument.name()));
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage());
    }
  }

  /** An export lies in a folder that is called as its version; anything else is version 1. */
  private static long versionOf(Path model) {
    String last = model.getFileName() == null ? "" : model.getFileName().toString();
    return DIGITS.matcher(last).matches() ? Long.parseLong(last) : 1;
  }

  /** The last part of a path, or the one before an export's version. */
  private static String nameOf(String model) {
    Path path = Path.of(model).toAbsolutePath().normalize();
    Path last = path.getFileName();
    if (last != null && DIGITS.matcher(last.toString()).matches() && path.getParent() != null) {
      last = path.getParent().getFileName();
    }
    String name = last == null ? "" : NOT_IN_NAMES.matcher(last.toString()).replaceAll("-");
    return name.isEmpty() ? "model" : name;
  }

  private void announce(ModelArgument argument, ModelServer server) {
    Console console = session.console();
    String served = name == null ? nameOf(argument.name()) : name;
    String rest = Text.of("http://%s:%d/v1/models/%s", host, server.restPort(), served);
    if (common.json()) {
      JsonObject json = new JsonObject();
      json.addProperty("model", argument.name());
      json.addProperty("name", served);
      json.addProperty("rest", rest);
      json.addProperty("rest_port", server.restPort());
      json.addProperty("grpc_port", server.grpcPort());
      console.result(json);
    } else {
      console.result(Text.of("page  http://%s:%d/", host, server.restPort()));
      console.result("REST  " + rest);
      console.result(Text.of("gRPC  %s:%d, model %s", host, server.grpcPort(), served));
    }
    console.flush();
    if (!host.equals("127.0.0.1") && !host.equals("localhost")) {
      console.warn("there is no authentication: whoever reaches " + host + " may ask");
    }
    console.say("Ctrl-C stops it. There is no authentication.");
  }
}
