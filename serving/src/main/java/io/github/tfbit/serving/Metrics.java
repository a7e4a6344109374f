package io.github.tfbit.serving;

import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.server.HttpService;
import io.github.tfbit.batch.BatchQueue;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.concurrent.atomic.AtomicInteger;

/** What a server counts, in the form that Prometheus collects. */
final class Metrics {
  private static final MediaType TEXT = MediaType.parse("text/plain; version=0.0.4; charset=utf-8");

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final Counter refused =
      Counter.builder("tfbit.refused")
          .description("Requests refused because the queue was full")
          .register(registry);
  private final DistributionSummary batches =
      DistributionSummary.builder("tfbit.batch.pictures")
          .description("Pictures computed together")
          .register(registry);

  MeterRegistry registry() {
    return registry;
  }

  void refused() {
    refused.increment();
  }

  void batch(int pictures) {
    batches.record(pictures);
  }

  void watch(AtomicInteger inHand, BatchQueue<?, ?> queue) {
    Gauge.builder("tfbit.pictures.in.hand", inHand, AtomicInteger::get)
        .description("Pictures taken and not yet answered")
        .register(registry);
    Gauge.builder("tfbit.pictures.waiting", queue, BatchQueue::waiting)
        .description("Prepared pictures that wait for the network")
        .register(registry);
  }

  /** Answers with all of them. */
  HttpService service() {
    return (ctx, req) -> HttpResponse.of(HttpStatus.OK, TEXT, HttpData.ofUtf8(registry.scrape()));
  }
}
