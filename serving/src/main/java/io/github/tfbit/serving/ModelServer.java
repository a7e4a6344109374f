package io.github.tfbit.serving;

import com.linecorp.armeria.common.SessionProtocol;
import com.linecorp.armeria.common.metric.MeterIdPrefixFunction;
import com.linecorp.armeria.server.Server;
import com.linecorp.armeria.server.ServerBuilder;
import com.linecorp.armeria.server.encoding.DecodingService;
import com.linecorp.armeria.server.grpc.GrpcService;
import com.linecorp.armeria.server.healthcheck.HealthCheckService;
import com.linecorp.armeria.server.metric.MetricCollectingService;
import io.github.tfbit.BitModel;
import io.github.tfbit.ServedModel;
import io.github.tfbit.checkpoints.Problem;
import io.github.tfbit.graph.RuntimeProblemException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletionException;

/**
 * A model behind TensorFlow Serving's interfaces. On both ports: gRPC ({@code PredictionService},
 * {@code ModelService}) and REST ({@code /v1/models/NAME}), {@code /healthz}, {@code /metrics} for
 * Prometheus, and a page to try pictures at {@code /}.
 *
 * <p>There is no authentication: whoever reaches the ports may ask. Safe from any thread; the model
 * stays its owner's.
 */
public final class ModelServer implements AutoCloseable {
  private static final int CORES = Runtime.getRuntime().availableProcessors();

  /** A server that stops waits until no request has been in hand for that long. */
  private static final Duration QUIET = Duration.ofMillis(500);

  /** Uploads that take longer are given up, and make room. */
  private static final Duration UPLOAD = Duration.ofSeconds(60);

  /** A request's text takes several times its length while it is read. */
  private static final int PART_OF_HEAP = 8;

  private final Builder settings;
  private final ServedModel model;
  private final Predictor predictor;
  private final Server server;

  private ModelServer(Builder settings) {
    this.settings = settings;
    Metrics metrics = new Metrics();
    this.model = ServedModel.of(settings.model);
    this.predictor = new Predictor(model, settings.limits.pictures(), metrics);
    this.server = build(metrics);
  }

  /**
   * Starts with a model.
   *
   * @param model with a head; open for as long as the server runs, and the caller's
   * @return settings to change
   */
  public static Builder of(BitModel model) {
    return new Builder(model);
  }

  private Server build(Metrics metrics) {
    Limits limits = settings.limits;
    long bytes = Math.min(limits.requestBytes(), Runtime.getRuntime().maxMemory() / PART_OF_HEAP);
    Served served = new Served(settings.name, settings.version);
    GrpcServices grpc = new GrpcServices(predictor, served);
    Admission admission =
        new Admission(limits.requests(), Runtime.getRuntime().maxMemory() / PART_OF_HEAP, metrics);
    ServerBuilder builder = Server.builder();
    builder.port(address(settings.restPort), SessionProtocol.HTTP);
    builder.port(address(settings.grpcPort), SessionProtocol.HTTP);
    builder.maxRequestLength(bytes);
    builder.unloggedExceptionsReportInterval(Duration.ZERO); // bad requests are no news
    builder.errorHandler(new JsonErrors(bytes));
    builder.requestTimeout(UPLOAD); // until all of it has come; then a client's deadline holds
    builder.blockingTaskExecutor(CORES + 1);
    builder.meterRegistry(metrics.registry());
    Duration quiet = QUIET.compareTo(limits.patience()) < 0 ? QUIET : limits.patience();
    builder.gracefulShutdownTimeout(quiet, limits.patience());
    builder.decorator(
        MetricCollectingService.newDecorator(MeterIdPrefixFunction.ofDefault("tfbit.server")));
    builder.service(
        GrpcService.builder()
            .addService(grpc.prediction())
            .addService(grpc.model())
            .maxRequestMessageLength(Math.toIntExact(bytes))
            .useBlockingTaskExecutor(true)
            .build(),
        service -> new LongStreams(service.decorate(admission)));
    builder.serviceUnder(
        "/v1/models/",
        new RestService(predictor, served)
            .decorate(DecodingService.newDecorator())
            .decorate(admission)); // outside, for it says how long a packed body may become
    builder.service("/healthz", HealthCheckService.of());
    builder.service("/metrics", metrics.service());
    builder.service("/monitoring/prometheus/metrics", metrics.service());
    new Page(settings.card(served, model)).addTo(builder);
    return builder.build();
  }

  private InetSocketAddress address(int port) {
    InetSocketAddress address = new InetSocketAddress(settings.host, port);
    if (address.isUnresolved()) {
      throw new RuntimeProblemException(
          new Problem(
              "a name or address of this machine",
              "a name that leads to no address",
              "host " + settings.host,
              "use 127.0.0.1 for this machine alone, 0.0.0.0 for all of its networks"));
    }
    return address;
  }

  private void start() {
    try {
      server.start().join();
    } catch (CompletionException e) {
      Throwable cause = e.getCause();
      throw new RuntimeProblemException(
          new Problem(
              "two free ports on " + settings.host,
              String.valueOf(cause == null ? e.getMessage() : cause.getMessage()),
              "ports " + settings.restPort + " (REST) and " + settings.grpcPort + " (gRPC)",
              "stop what listens there, or name other ports"));
    }
  }

  /**
   * Where REST clients ask.
   *
   * @return the port, also if any free one was asked for
   */
  public int restPort() {
    return port(0, settings.restPort);
  }

  /**
   * Where gRPC clients ask.
   *
   * @return the port, also if any free one was asked for
   */
  public int grpcPort() {
    return port(1, settings.grpcPort);
  }

  /** In the order in which they were asked for. */
  private int port(int index, int asked) {
    return asked != 0
        ? asked
        : server.activePorts().values().stream()
            .skip(index)
            .findFirst()
            .orElseThrow()
            .localAddress()
            .getPort();
  }

  /**
   * Stops taking requests, answers those in hand as far as patience reaches, and frees everything
   * but the model.
   */
  @Override
  public void close() {
    server.stop().join();
    predictor.close();
    model.close();
  }

  /** Settings of a server. Not safe for several threads. */
  public static final class Builder {
    private final BitModel model;
    private String name = "model";
    private long version = 1;
    private String host = "127.0.0.1";
    private int restPort = 8501;
    private int grpcPort = 8500;
    private Limits limits = Limits.DEFAULT;
    private Map<String, String> facts = Map.of();

    private Builder(BitModel model) {
      this.model = Objects.requireNonNull(model, "model");
    }

    /**
     * What clients call the model.
     *
     * @param name without slashes and colons, by default {@code model}
     * @return this
     */
    public Builder name(String name) {
      if (name.isEmpty() || name.contains("/") || name.contains(":")) {
        throw new IllegalArgumentException(
            "expected a name without slashes and colons, found '" + name + "'");
      }
      this.name = name;
      return this;
    }

    /**
     * The model's version.
     *
     * @param version at least 0, by default 1
     * @return this
     */
    public Builder version(long version) {
      if (version < 0) {
        throw new IllegalArgumentException("expected a version of at least 0, found " + version);
      }
      this.version = version;
      return this;
    }

    /**
     * Where to listen.
     *
     * @param host by default 127.0.0.1, this machine only: there is no authentication
     * @return this
     */
    public Builder host(String host) {
      this.host = Objects.requireNonNull(host, "host");
      return this;
    }

    /**
     * Where REST clients ask.
     *
     * @param port 0 for any free one, by default 8501
     * @return this
     */
    public Builder restPort(int port) {
      this.restPort = checked(port);
      return this;
    }

    /**
     * Where gRPC clients ask.
     *
     * @param port 0 for any free one, by default 8500
     * @return this
     */
    public Builder grpcPort(int port) {
      this.grpcPort = checked(port);
      return this;
    }

    private static int checked(int port) {
      if (port < 0 || port > 65535) {
        throw new IllegalArgumentException("expected a port from 0 to 65535, found " + port);
      }
      return port;
    }

    /**
     * What the server takes on at most.
     *
     * @param limits by default {@link Limits#DEFAULT}
     * @return this
     */
    public Builder limits(Limits limits) {
      this.limits = Objects.requireNonNull(limits, "limits");
      return this;
    }

    /**
     * What the page says of the model beside its architecture.
     *
     * @param facts shown in order, name and value
     * @return this
     */
    public Builder facts(Map<String, String> facts) {
      this.facts = Collections.unmodifiableMap(new LinkedHashMap<>(facts));
      return this;
    }

    private Card card(Served served, ServedModel model) {
      return new Card(served, model, facts);
    }

    /**
     * Starts the server.
     *
     * @return running; the caller closes it before the model
     * @throws RuntimeProblemException if a port is taken or the host is not this machine's
     * @throws IllegalStateException if the model has no head
     */
    public ModelServer start() {
      ModelServer started = new ModelServer(this);
      try {
        started.start();
      } catch (RuntimeException | Error e) {
        started.predictor.close();
        started.model.close();
        throw e;
      }
      return started;
    }
  }
}
