package io.dynadiff.embedded.registry;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.dynadiff.schemas.kafka.KafkaConnection;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The registry's HTTP side: speaks the REST API of Confluent's Schema Registry on localhost.
 *
 * <p>Safe for use by many threads. The caller closes; closing waits for requests in progress for at
 * most a second.
 */
public final class RegistryServer implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(RegistryServer.class);
  private static final String CONTENT_TYPE = "application/vnd.schemaregistry.v1+json";
  private static final int THREADS = 4;
  private static final int LARGEST_REQUEST_BYTES = 4 << 20;

  private final ObjectMapper json = new ObjectMapper();
  private final SchemaRegistry registry;
  private final RegistryRoutes routes;
  private final HttpServer server;
  private final ExecutorService executor;

  private RegistryServer(SchemaRegistry registry, HttpServer server) {
    this.registry = registry;
    this.routes = new RegistryRoutes(registry);
    this.server = server;
    AtomicInteger threads = new AtomicInteger();
    this.executor =
        Executors.newFixedThreadPool(
            THREADS,
            task -> {
              Thread thread = new Thread(task, "schema-registry-" + threads.incrementAndGet());
              thread.setDaemon(true);
              return thread;
            });
  }

  /**
   * Starts the registry on the schemas that the cluster holds.
   *
   * @param port on localhost, 0 for any free one
   * @throws IOException if the port is taken
   */
  public static RegistryServer start(KafkaConnection connection, int port) throws IOException {
    HttpServer server;
    try {
      server = HttpServer.create(new InetSocketAddress("localhost", port), 0);
    } catch (IOException e) {
      throw new IOException(
          "Port %d of localhost, asked for the Schema Registry, cannot be used: %s; choose another, or 0 for any free one."
              .formatted(port, e.getMessage()),
          e);
    }
    SchemaRegistry registry;
    try {
      registry = SchemaRegistry.open(connection);
    } catch (RuntimeException e) {
      server.stop(0);
      throw e;
    }
    RegistryServer result = new RegistryServer(registry, server);
    server.setExecutor(result.executor);
    server.createContext("/", result::answer);
    server.start();
    return result;
  }

  /** Returns the address clients use. */
  public String url() {
    return "http://localhost:" + server.getAddress().getPort();
  }

  @Override
  public void close() {
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
    registry.close();
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      int status = 200;
      JsonNode answer;
      try {
        answer =
            routes.answer(exchange.getRequestMethod(), exchange.getRequestURI(), body(exchange));
      } catch (RegistryException e) {
        status = e.status();
        answer = error(e.errorCode(), e.getMessage());
      } catch (RuntimeException e) {
        LOG.error("{} {} failed", exchange.getRequestMethod(), exchange.getRequestURI(), e);
        status = 500;
        answer = error(500, "Internal Server Error");
      }
      byte[] bytes = json.writeValueAsBytes(answer);
      exchange.getResponseHeaders().set("Content-Type", CONTENT_TYPE);
      exchange.sendResponseHeaders(status, bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }

  private JsonNode body(HttpExchange exchange) throws IOException, RegistryException {
    byte[] bytes = exchange.getRequestBody().readNBytes(LARGEST_REQUEST_BYTES + 1);
    if (bytes.length > LARGEST_REQUEST_BYTES) {
      throw RegistryException.badRequest(
          "The request is longer than %d bytes.".formatted(LARGEST_REQUEST_BYTES));
    }
    if (bytes.length == 0) {
      return JsonNodeFactory.instance.objectNode();
    }
    try {
      return json.readTree(bytes);
    } catch (JsonProcessingException e) {
      throw RegistryException.badRequest("The request is not JSON: " + e.getOriginalMessage());
    }
  }

  private static ObjectNode error(int code, String message) {
    return JsonNodeFactory.instance.objectNode().put("error_code", code).put("message", message);
  }
}
