package io.dynadiff.embedded;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicReference;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Exit;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One Kafka server, broker and controller in one, on localhost.
 *
 * <p>All use of Kafka's internal server classes is in this file: they are no promised interface and
 * may change with any Kafka version.
 */
final class KRaftBroker implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(KRaftBroker.class);
  private static final String HOST = "localhost";

  /** A broker that gives up ends its process through this hook; here it may only say so. */
  private static final AtomicReference<Throwable> GAVE_UP = new AtomicReference<>();

  static {
    Exit.setExitProcedure(KRaftBroker::refuseToExit);
    Exit.setHaltProcedure(KRaftBroker::refuseToExit);
  }

  private final KafkaRaftServer server;
  private final int port;
  private boolean closed;

  private KRaftBroker(KafkaRaftServer server, int port) {
    this.server = server;
    this.port = port;
  }

  /** Starts a broker on the data of an earlier one in the directory, or on none. */
  static KRaftBroker start(Path directory, int requestedPort, Optional<SecuredListener> secured)
      throws IOException {
    int port = requestedPort == 0 ? freePort() : checkedPort(requestedPort);
    Files.createDirectories(directory);
    Properties properties = properties(directory, port, freePort());
    secured.ifPresent(listener -> add(properties, listener));
    format(directory);
    GAVE_UP.set(null);
    KafkaRaftServer server =
        new KafkaRaftServer(KafkaConfig.fromProps(properties, false), Time.SYSTEM);
    try {
      server.startup();
    } catch (RuntimeException e) {
      shutDown(server);
      throw new EmbeddedStartException(
          "The broker did not start on port %d with data in %s: %s; if another process uses the port or the directory, end it or choose others."
              .formatted(port, directory.toAbsolutePath(), rootMessage(e)),
          e);
    }
    return new KRaftBroker(server, port);
  }

  String bootstrapServers() {
    return HOST + ":" + port;
  }

  Optional<Throwable> failure() {
    return Optional.ofNullable(GAVE_UP.get());
  }

  @Override
  public synchronized void close() {
    if (!closed) {
      closed = true;
      shutDown(server);
    }
  }

  private static void shutDown(KafkaRaftServer server) {
    server.shutdown();
    server.awaitShutdown();
  }

  /** Gives a new directory its identity; leaves a formatted one as it is. */
  private static void format(Path directory) throws IOException {
    if (Files.exists(directory.resolve("meta.properties"))) {
      return;
    }
    Formatter formatter =
        new Formatter()
            .setPrintStream(
                new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8))
            .setNodeId(1)
            .setClusterId(Uuid.randomUuid().toString())
            .setReleaseVersion(MetadataVersion.LATEST_PRODUCTION)
            .setControllerListenerName("CONTROLLER")
            .setMetadataLogDirectory(directory.toString())
            .addDirectory(directory.toString());
    try {
      formatter.run();
    } catch (Exception e) { // the method declares no narrower type
      throw new IOException(
          "%s cannot hold a broker's data: %s".formatted(directory, rootMessage(e)), e);
    }
  }

  private static Properties properties(Path directory, int port, int controllerPort) {
    Properties properties = new Properties();
    properties.put("process.roles", "broker,controller");
    properties.put("node.id", "1");
    properties.put("controller.quorum.voters", "1@%s:%d".formatted(HOST, controllerPort));
    properties.put("controller.listener.names", "CONTROLLER");
    properties.put(
        "listeners",
        "PLAINTEXT://%s:%d,CONTROLLER://%s:%d".formatted(HOST, port, HOST, controllerPort));
    properties.put("advertised.listeners", "PLAINTEXT://%s:%d".formatted(HOST, port));
    properties.put("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT");
    properties.put("log.dirs", directory.toString());
    properties.put("auto.create.topics.enable", "false");
    // Topics that Streams makes for itself follow the broker's limit.
    properties.put("message.max.bytes", Integer.toString(32 << 20));
    properties.put("replica.fetch.max.bytes", Integer.toString(32 << 20));

    // One broker has one replica of everything.
    properties.put("offsets.topic.replication.factor", "1");
    properties.put("transaction.state.log.replication.factor", "1");
    properties.put("transaction.state.log.min.isr", "1");
    properties.put("share.coordinator.state.topic.replication.factor", "1");
    properties.put("share.coordinator.state.topic.min.isr", "1");

    // Defaults are sized for a server of its own: a few threads and megabytes are enough here.
    properties.put("offsets.topic.num.partitions", "4");
    properties.put("transaction.state.log.num.partitions", "4");
    properties.put("share.coordinator.state.topic.num.partitions", "1");
    properties.put("num.network.threads", "2");
    properties.put("num.io.threads", "4");
    properties.put("background.threads", "2");
    // Only closed segments are cleaned up, and of Kafka's own gigabyte every partition has one.
    properties.put("log.segment.bytes", Integer.toString(128 << 20));
    properties.put("log.cleaner.dedupe.buffer.size", Integer.toString(2 << 20));

    // A transaction that begins while the markers of the one before are still being written is
    // better held for a moment than sent back: the producer's next batches would arrive before it.
    properties.put("add.partitions.to.txn.retry.backoff.ms", "5");
    properties.put("add.partitions.to.txn.retry.backoff.max.ms", "5000");

    // Nobody else will join: start groups at once, leave at once.
    properties.put("group.initial.rebalance.delay.ms", "0");
    // There is nobody to hand partitions to, and a broker whose disk has failed would try for
    // minutes before it ends.
    properties.put("controlled.shutdown.enable", "false");
    properties.put("initial.broker.registration.timeout.ms", "30000");
    return properties;
  }

  private static void add(Properties properties, SecuredListener secured) {
    String listener = ",SECURED://%s:%d".formatted(HOST, secured.port());
    append(properties, "listeners", listener);
    append(properties, "advertised.listeners", listener);
    append(properties, "listener.security.protocol.map", ",SECURED:SASL_SSL");
    properties.putAll(secured.brokerProperties());
  }

  private static void append(Properties properties, String key, String more) {
    properties.put(key, properties.getProperty(key) + more);
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName(HOST))) {
      return socket.getLocalPort();
    }
  }

  private static int checkedPort(int port) throws IOException {
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(HOST, port));
      return port;
    } catch (IOException e) {
      throw new EmbeddedStartException(
          "Port %d of %s is taken: %s; choose another, or 0 for any free one."
              .formatted(port, HOST, e.getMessage()),
          e);
    }
  }

  private static String rootMessage(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root.getMessage() == null ? root.toString() : root.getMessage();
  }

  private static void refuseToExit(int status, String message) {
    IllegalStateException failure =
        new IllegalStateException(
            "The embedded broker gave up with status %d: %s".formatted(status, message));
    GAVE_UP.compareAndSet(null, failure);
    LOG.error("The embedded broker gave up", failure);
    // Exit never returns to its caller, so neither does this.
    throw failure;
  }
}
