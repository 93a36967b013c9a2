package io.dynadiff.console.server;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.dynadiff.console.state.ConsoleState;
import io.dynadiff.console.state.EnvironmentDetail;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves the console's page and what it shows. Nothing can be changed through it.
 *
 * <ul>
 *   <li>{@code /}: the page
 *   <li>{@code /api/environments}: one line for each environment
 *   <li>{@code /api/environment?id=ID}: what is remembered of one
 *   <li>{@code /api/frame?id=ID}: its newest frame, in the same form
 *   <li>{@code /api/fields?id=ID&forecast=verified|newest}: its fields, see {@link FieldBytes}
 *   <li>{@code /api/health}: how reading the topics goes
 *   <li>{@code /api/live?id=ID}: what is new, as server-sent events, see {@link LiveStream}
 * </ul>
 *
 * The caller closes. Thread-safe.
 */
public final class ConsoleServer implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(ConsoleServer.class);

  /** Everything is the page's own: no other place, no script or style within the page. */
  private static final String CONTENT_SECURITY_POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self';"
          + " base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

  static {
    // Updates are small and must not wait for the next one to fill a packet.
    if (System.getProperty("sun.net.httpserver.nodelay") == null) {
      System.setProperty("sun.net.httpserver.nodelay", "true");
    }
  }

  private final ConsoleState state;
  private final Supplier<Object> health;
  private final ServerSettings settings;
  private final HttpServer server;
  private final PageFiles files = new PageFiles();
  private final Semaphore streams;
  private final ExecutorService executor =
      Executors.newCachedThreadPool(
          task -> {
            Thread thread = new Thread(task, "console");
            thread.setDaemon(true);
            return thread;
          });
  private volatile boolean ending;

  private ConsoleServer(
      ConsoleState state, Supplier<Object> health, ServerSettings settings, HttpServer server) {
    this.state = state;
    this.health = health;
    this.settings = settings;
    this.server = server;
    this.streams = new Semaphore(settings.streams());
  }

  /**
   * Begins to serve.
   *
   * @param health says how the reading of the topics goes; called about once a second for each page
   * @throws IOException if the address and port cannot be listened on
   */
  public static ConsoleServer open(ConsoleState state, Supplier<?> health, ServerSettings settings)
      throws IOException {
    HttpServer server;
    try {
      server = HttpServer.create(new InetSocketAddress(settings.address(), settings.port()), 0);
    } catch (IOException | RuntimeException e) {
      throw new IOException(
          "console: expected to listen on %s port %d, found %s; choose another port, or 0 for any free one, or another address"
              .formatted(settings.address(), settings.port(), e.getMessage()),
          e);
    }
    ConsoleServer opened = new ConsoleServer(state, health::get, settings, server);
    server.setExecutor(opened.executor);
    server.createContext("/", opened::serve);
    server.start();
    return opened;
  }

  /** Address at which a browser finds it, for example {@code http://127.0.0.1:8090/}. */
  public String url() {
    InetSocketAddress address = server.getAddress();
    String host = address.getHostString();
    return "http://%s:%d/"
        .formatted(host.contains(":") ? "[" + host + "]" : host, address.getPort());
  }

  private void serve(HttpExchange exchange) throws IOException {
    try (exchange) {
      secure(exchange.getResponseHeaders());
      String path = exchange.getRequestURI().getPath();
      Map<String, String> query = query(exchange.getRequestURI().getRawQuery());
      if (!settings.knows(exchange.getRequestHeaders().getFirst("Host"))) {
        answer(
            exchange,
            Answer.text(
                421,
                "This console answers to its own names only; name others with --host-name when it"
                    + " is started."));
      } else if (!List.of("GET", "HEAD").contains(exchange.getRequestMethod())) {
        answer(exchange, Answer.text(405, "expected GET"));
      } else if (path.equals("/api/live")) {
        live(exchange, query.get("id"));
      } else {
        answer(exchange, at(path, query));
      }
    }
  }

  private Answer at(String path, Map<String, String> query) {
    String id = query.getOrDefault("id", "");
    return switch (path) {
      case "/api/environments" -> Answer.json(state.rowsSince(-1));
      case "/api/environment" ->
          state
              .detail(id, EnvironmentDetail.Seen.NOTHING)
              .map(Answer::json)
              .orElseGet(() -> noSuch(id));
      case "/api/frame" ->
          state
              .newestFrame(id)
              .map(frame -> Answer.octets(FieldBytes.of(frame)))
              .orElseGet(() -> noSuch(id));
      case "/api/fields" -> fields(id, query.getOrDefault("forecast", "verified"));
      case "/api/health" -> Answer.json(health.get());
      default ->
          files
              .at(path)
              .orElseGet(() -> Answer.text(404, "There is no " + path + "; the page is at /"));
    };
  }

  private Answer fields(String id, String forecast) {
    if (!List.of("verified", "newest").contains(forecast)) {
      return Answer.text(400, "forecast: expected verified or newest, found " + forecast);
    }
    state.lookedAt(id);
    return state
        .fields(id, forecast.equals("verified"))
        .map(fields -> Answer.octets(FieldBytes.of(fields)))
        .orElseGet(
            () ->
                Answer.text(
                    404, "No fields of " + id + " are kept yet; they are from the next frame on."));
  }

  private static Answer noSuch(String id) {
    return Answer.text(404, "No record of an environment '" + id + "' has been read.");
  }

  private void live(HttpExchange exchange, String looked) throws IOException {
    if (!streams.tryAcquire()) {
      exchange.getResponseHeaders().set("Retry-After", "10");
      answer(
          exchange,
          Answer.text(503, settings.streams() + " pages are open already; close one of them."));
      return;
    }
    try {
      exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
      exchange.getResponseHeaders().set("Cache-Control", "no-store");
      exchange.sendResponseHeaders(200, 0);
      new LiveStream(state, health, looked, settings.updatesPerSecond())
          .send(exchange.getResponseBody(), () -> ending);
    } catch (IOException e) {
      LOG.debug("a page was left: {}", e.toString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      streams.release();
    }
  }

  private static void secure(Headers headers) {
    headers.set("Content-Security-Policy", CONTENT_SECURITY_POLICY);
    headers.set("X-Content-Type-Options", "nosniff");
    headers.set("Referrer-Policy", "no-referrer");
    headers.set("Cross-Origin-Resource-Policy", "same-origin");
  }

  private static void answer(HttpExchange exchange, Answer answer) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", answer.type());
    exchange.getResponseHeaders().set("Cache-Control", answer.cache());
    boolean head = exchange.getRequestMethod().equals("HEAD");
    exchange.sendResponseHeaders(answer.status(), head ? -1 : answer.body().length);
    if (!head) {
      exchange.getResponseBody().write(answer.body());
    }
  }

  private static Map<String, String> query(String raw) {
    Map<String, String> query = new TreeMap<>();
    for (String pair : raw == null ? new String[0] : raw.split("&")) {
      int equals = pair.indexOf('=');
      if (equals > 0) {
        try {
          query.put(
              pair.substring(0, equals),
              URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
          LOG.debug("passed over a malformed part of a query: {}", pair);
        }
      }
    }
    return query;
  }

  @Override
  public void close() {
    ending = true;
    server.stop(0);
    executor.shutdownNow();
    try {
      if (!executor.awaitTermination(2, TimeUnit.SECONDS)) {
        LOG.warn("a page of the console is still being served");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
