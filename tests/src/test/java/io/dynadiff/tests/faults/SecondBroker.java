package io.dynadiff.tests.faults;

import java.io.IOException;
import java.io.Writer;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;

/** Kafka's own broker as a process, which joins the installation's. Confined to one thread. */
final class SecondBroker implements AutoCloseable {

  static final int NODE_ID = 2;

  private static final int JOIN_SECONDS = 120;
  private static final String CLASS_PATH = System.getProperty("java.class.path");

  private final Path directory;
  private final Path settings;
  private Process process;

  private SecondBroker(Path directory, Path settings) {
    this.directory = directory;
    this.settings = settings;
  }

  /**
   * Prepares a broker's directory; starts nothing.
   *
   * @param admin asks the broker that it joins
   * @param directory takes settings, data and log
   */
  static SecondBroker of(Admin admin, Path directory)
      throws IOException, InterruptedException, ExecutionException {
    Path home = Files.createDirectories(directory.resolve("second-broker"));
    URI controller =
        admin
            .describeMetadataQuorum()
            .quorumInfo()
            .get()
            .nodes()
            .values()
            .iterator()
            .next()
            .endpoints()
            .stream()
            .map(e -> URI.create("kafka://" + e.host() + ":" + e.port()))
            .findFirst()
            .orElseThrow();
    Properties properties = new Properties();
    properties.put("process.roles", "broker");
    properties.put("node.id", Integer.toString(NODE_ID));
    properties.put("controller.quorum.voters", "1@" + controller.getAuthority());
    properties.put("controller.listener.names", "CONTROLLER");
    properties.put("listeners", "PLAINTEXT://localhost:" + RoleProcess.freePort());
    properties.put("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT");
    properties.put("log.dirs", home.resolve("data").toString());
    properties.put("message.max.bytes", Integer.toString(32 << 20));
    properties.put("replica.fetch.max.bytes", Integer.toString(32 << 20));
    properties.put("offsets.topic.replication.factor", "1");
    Path settings = home.resolve("server.properties");
    try (Writer out = Files.newBufferedWriter(settings)) {
      properties.store(out, null);
    }
    SecondBroker broker = new SecondBroker(home, settings);
    String cluster = admin.describeCluster().clusterId().get();
    int status =
        broker
            .java(
                "kafka.tools.StorageTool",
                "format",
                "--cluster-id",
                cluster,
                "--config",
                settings.toString())
            .waitFor();
    if (status != 0) {
      throw new IllegalStateException(
          "second broker: expected its storage to be formatted, found status %d; see %s"
              .formatted(status, broker.log()));
    }
    Runtime.getRuntime().addShutdownHook(new Thread(broker::killNow));
    return broker;
  }

  private Process java(String main, String... arguments) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-cp",
                CLASS_PATH,
                main));
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()))
        .start();
  }

  private Path log() {
    return directory.resolve("broker.log");
  }

  /** Starts it on its data, and waits until the cluster has it. */
  void start(Admin admin) throws Exception {
    process = java("kafka.Kafka", settings.toString());
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(JOIN_SECONDS);
    while (admin.describeCluster().nodes().get().stream().noneMatch(n -> n.id() == NODE_ID)) {
      if (!process.isAlive() || System.nanoTime() > deadline) {
        throw new IllegalStateException(
            "second broker: expected it in the cluster within %d s, found it %s; see %s"
                .formatted(JOIN_SECONDS, process.isAlive() ? "missing" : "ended", log()));
      }
      TimeUnit.MILLISECONDS.sleep(200);
    }
  }

  /** As {@code kill -9}. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  private void killNow() {
    if (process != null) {
      process.destroyForcibly();
    }
  }

  @Override
  public void close() {
    killNow();
  }
}
