package io.dynadiff.streams.health;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.dynadiff.streams.metrics.MetricsRegistry;
import io.dynadiff.streams.metrics.MetricsSettings;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Metrics;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * Serves metrics and health of a process that runs roles.
 *
 * <ul>
 *   <li>{@code /metrics}: everything measured, in Prometheus' text form
 *   <li>{@code /health/live}: 200 until a role has ended by itself, then 503: restart the process
 *   <li>{@code /health/ready}: 200 while every role takes part, 503 while one starts, restores its
 *       state, reads weights, rebalances or ends
 * </ul>
 *
 * The caller closes. Thread-safe.
 */
public final class ObservedProcess implements AutoCloseable {

  private static final String TEXT = "text/plain; charset=utf-8";
  private static final int THREADS = 2;

  private final List<? extends RoleHealth> roles;
  private final MetricsRegistry metrics;
  private final HttpServer server;
  private final ExecutorService executor;
  private final List<Gauge> gauges = new ArrayList<>();
  private volatile boolean ending;

  private ObservedProcess(
      List<? extends RoleHealth> roles, MetricsRegistry metrics, HttpServer server) {
    this.roles = roles;
    this.metrics = metrics;
    this.server = server;
    this.executor =
        Executors.newFixedThreadPool(
            THREADS,
            task -> {
              Thread thread = new Thread(task, "metrics-and-health");
              thread.setDaemon(true);
              return thread;
            });
  }

  /**
   * Begins to serve; the roles need not have started.
   *
   * @param settings with a port
   * @throws IOException if the address and port cannot be listened on
   */
  public static ObservedProcess open(MetricsSettings settings, List<? extends RoleHealth> roles)
      throws IOException {
    int port = settings.port().orElseThrow();
    HttpServer server;
    try {
      server = HttpServer.create(new InetSocketAddress(settings.address(), port), 0);
    } catch (IOException | RuntimeException e) {
      throw new IOException(
          "metrics: expected to listen on %s port %d, found %s; choose another metrics.port, or 0 for any free one, or another metrics.address"
              .formatted(settings.address(), port, e.getMessage()),
          e);
    }
    ObservedProcess opened = new ObservedProcess(roles, MetricsRegistry.open(settings), server);
    for (RoleHealth role : roles) {
      opened.gauges.add(
          Gauge.builder("dynadiff.role.ready", role, one -> opened.ready(one) ? 1 : 0)
              .description("1 while the role takes part, else 0")
              .tag("role", role.name())
              .register(Metrics.globalRegistry));
    }
    server.setExecutor(opened.executor);
    server.createContext("/metrics", exchange -> opened.serve(exchange, opened::metrics));
    server.createContext("/health/live", exchange -> opened.serve(exchange, opened::live));
    server.createContext("/health/ready", exchange -> opened.serve(exchange, opened::ready));
    server.start();
    return opened;
  }

  /** Address at which it can be asked, for example {@code http://127.0.0.1:9404}. */
  public String url() {
    InetSocketAddress address = server.getAddress();
    return "http://%s:%d".formatted(address.getHostString(), address.getPort());
  }

  /** Says from now on that the process is not ready, since it is about to end. */
  public void ending() {
    ending = true;
  }

  private record Answer(int status, String type, String text) {}

  private interface Question {
    Answer answer();
  }

  private Answer metrics() {
    return new Answer(200, MetricsRegistry.CONTENT_TYPE, metrics.scrape());
  }

  private Answer live() {
    String failures =
        roles.stream()
            .filter(role -> role.failure().isPresent())
            .map(role -> role.name() + ": " + role.failure().get())
            .collect(Collectors.joining("\n"));
    return failures.isEmpty()
        ? new Answer(200, TEXT, "live\n")
        : new Answer(503, TEXT, failures + "\n");
  }

  private Answer ready() {
    String states =
        roles.stream()
            .map(role -> role.name() + ": " + (ready(role) ? "ready" : "not ready"))
            .collect(Collectors.joining("\n", "", "\n"));
    boolean ready = roles.stream().allMatch(this::ready);
    return new Answer(ready ? 200 : 503, TEXT, states);
  }

  private boolean ready(RoleHealth role) {
    // A role that ends holds its lock until it has drained: it is not asked any more.
    return !ending && role.ready();
  }

  private void serve(HttpExchange exchange, Question question) throws IOException {
    try (exchange) {
      boolean found =
          exchange.getRequestURI().getPath().equals(exchange.getHttpContext().getPath());
      boolean reading = List.of("GET", "HEAD").contains(exchange.getRequestMethod());
      Answer answer = new Answer(404, TEXT, "expected /metrics, /health/live or /health/ready\n");
      if (found && reading) {
        answer = question.answer();
      } else if (found) {
        answer = new Answer(405, TEXT, "expected GET\n");
      }
      byte[] body = answer.text().getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", answer.type());
      boolean head = exchange.getRequestMethod().equals("HEAD");
      exchange.sendResponseHeaders(answer.status(), head ? -1 : body.length);
      if (!head) {
        exchange.getResponseBody().write(body);
      }
    }
  }

  @Override
  public void close() {
    ending();
    server.stop(0);
    executor.shutdown();
    try {
      if (!executor.awaitTermination(1, TimeUnit.SECONDS)) {
        executor.shutdownNow();
      }
    } catch (InterruptedException e) {
      executor.shutdownNow();
      Thread.currentThread().interrupt();
    }
    gauges.forEach(Metrics.globalRegistry::remove);
    metrics.close();
  }
}
