package io.dynadiff.tests.faults;

import io.dynadiff.schemas.kafka.KafkaConnection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** A broker with a registry, and roles, as processes on this machine. */
final class Installation implements AutoCloseable {

  /** Long, since many JVMs start at once on what may be a busy machine. */
  private static final Duration START_LIMIT = Duration.ofMinutes(30);

  private final Path home;
  private final Path first;
  private final Path directory;
  private final List<String> settings;
  private final String bootstrap;
  private final String registry;
  private final RoleProcess broker;
  private final List<RoleProcess> roles = new ArrayList<>();
  private final Map<String, Integer> counts = new TreeMap<>();

  private Installation(Path home, Path first, Path directory, List<String> settings)
      throws IOException {
    this.home = home;
    this.first = first;
    this.directory = directory;
    this.settings = settings;
    int brokerPort = RoleProcess.freePort();
    int registryPort = RoleProcess.freePort();
    this.bootstrap = "localhost:" + brokerPort;
    this.registry = "http://localhost:" + registryPort;
    this.broker = RoleProcess.broker(first, directory, brokerPort, registryPort);
    // Ctrl-C must not leave a broker and its roles behind.
    Runtime.getRuntime().addShutdownHook(new Thread(this::killAll));
  }

  /**
   * Starts everything and waits until it is ready.
   *
   * @param home the checkout that is tested
   * @param first the checkout that everything is started from; another where it is to be replaced
   * @param directory takes logs, state and the broker's data
   * @param instances processes of each role
   * @param settings settings of every role, each as key=value
   */
  static Installation start(
      Path home, Path first, Path directory, Map<String, Integer> instances, List<String> settings)
      throws Exception {
    Installation installation = new Installation(home, first, directory, settings);
    try {
      installation.broker.start();
      installation.awaitBroker();
      List<RoleProcess> started = new ArrayList<>();
      for (Map.Entry<String, Integer> role : new TreeMap<>(instances).entrySet()) {
        for (int instance = 0; instance < role.getValue(); instance++) {
          started.add(installation.add(role.getKey()));
        }
      }
      for (RoleProcess role : started) {
        installation.awaitReady(role);
      }
      return installation;
    } catch (Exception e) {
      installation.killAll();
      throw e;
    }
  }

  /** Starts one more process of a role; does not wait. */
  RoleProcess add(String role) throws IOException {
    RoleProcess process =
        RoleProcess.role(
            first,
            directory,
            role,
            counts.merge(role, 1, Integer::sum),
            bootstrap,
            registry,
            settings);
    synchronized (roles) {
      roles.add(process);
    }
    process.start();
    return process;
  }

  /** The processes of all roles that were ever started. */
  List<RoleProcess> roles() {
    return List.copyOf(roles);
  }

  /** The checkout that is tested. */
  Path home() {
    return home;
  }

  RoleProcess broker() {
    return broker;
  }

  String bootstrap() {
    return bootstrap;
  }

  String registry() {
    return registry;
  }

  KafkaConnection connection() {
    return KafkaConnection.plaintext(bootstrap, registry);
  }

  void awaitReady(RoleProcess role) throws Exception {
    while (!role.ready()) {
      check(role);
      TimeUnit.MILLISECONDS.sleep(200);
    }
  }

  /** Waits until the broker says that it has started since its last start. */
  void awaitBroker() throws Exception {
    while (!Files.exists(broker.log()) || !broker.sinceStart().contains("Broker at")) {
      check(broker);
      TimeUnit.MILLISECONDS.sleep(200);
    }
  }

  /** Fails if a process has ended, or is not ready after a long time. */
  static void check(RoleProcess process) {
    boolean late = System.nanoTime() - process.startedAtNanos() > START_LIMIT.toNanos();
    if (!process.alive() || late) {
      throw new IllegalStateException(
          process.name()
              + ": expected to take part within "
              + START_LIMIT
              + ", found it "
              + (process.alive() ? "not ready" : "ended")
              + "; see "
              + process.log());
    }
  }

  private void killAll() {
    synchronized (roles) {
      roles.forEach(RoleProcess::killNow);
    }
    broker.killNow();
  }

  /** Ends roles, then the broker, by SIGTERM. */
  @Override
  public void close() {
    try {
      for (RoleProcess role : roles()) {
        role.end();
      }
      broker.end();
    } catch (InterruptedException e) {
      killAll();
      Thread.currentThread().interrupt();
    }
  }
}
