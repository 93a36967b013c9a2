package io.dynadiff.tests.faults;

import java.io.IOException;
import java.net.BindException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** One process of the installation, started by the same launcher that people use. */
final class RoleProcess {

  private static final String JVM_ARGUMENTS = "DYNADIFF_JVM_ARGS";

  private static final AtomicInteger NEXT_PORT =
      new AtomicInteger(ThreadLocalRandom.current().nextInt(12_000, 30_000));

  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private final String name;
  private final Path log;
  private final List<String> command;
  private final int metricsPort;
  private Process process;
  private long startedAt;
  private long logStart;

  private RoleProcess(String name, Path log, List<String> command, int metricsPort) {
    this.name = name;
    this.log = log;
    this.command = new ArrayList<>(command);
    this.metricsPort = metricsPort;
  }

  /** An instance of a role, with a state directory of its own. */
  static RoleProcess role(
      Path home,
      Path directory,
      String role,
      int instance,
      String broker,
      String registry,
      List<String> settings)
      throws IOException {
    String name = role + "-" + instance;
    int port = freePort();
    List<String> command = new ArrayList<>();
    command.add(home.resolve("dynadiff").toString());
    command.add(role);
    command.add("--bootstrap-servers=" + broker);
    command.add("--schema-registry=" + registry);
    command.add("--bundles=" + home.resolve("bundles/lambda-omega"));
    command.add("--state-dir=" + directory.resolve("state").resolve(name));
    command.add("--metrics-port=" + port);
    settings.forEach(one -> command.add("--set=" + one));
    return new RoleProcess(name, directory.resolve(name + ".log"), command, port);
  }

  /** A broker and a registry. */
  static RoleProcess broker(Path home, Path directory, int brokerPort, int registryPort) {
    return new RoleProcess(
        "broker",
        directory.resolve("broker.log"),
        List.of(
            home.resolve("dynadiff").toString(),
            "broker",
            "--broker-port=" + brokerPort,
            "--registry-port=" + registryPort,
            "--data-dir=" + directory.resolve("broker")),
        0);
  }

  /** A heap that lets many processes share a machine; the caller's own arguments win. */
  static String jvmArguments() {
    return ("-Xmx600m " + System.getenv().getOrDefault(JVM_ARGUMENTS, "")).strip();
  }

  /**
   * A port on which nobody listens. It lies below those that systems take for outgoing connections,
   * so that none of these takes it before the process does, or while it is dead.
   */
  static int freePort() throws IOException {
    for (int attempt = 0; attempt < 100; attempt++) {
      int port = NEXT_PORT.getAndIncrement();
      try (ServerSocket socket = new ServerSocket(port)) {
        return socket.getLocalPort();
      } catch (BindException e) {
        // Somebody listens on it; the next may be free.
      }
    }
    throw new IOException(
        "ports: expected a free one among the 100 below %d, found none".formatted(NEXT_PORT.get()));
  }

  String name() {
    return name;
  }

  void start() throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put(JVM_ARGUMENTS, jvmArguments());
    Files.createDirectories(log.getParent());
    builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    logStart = Files.exists(log) ? Files.size(log) : 0;
    process = builder.start();
    startedAt = System.nanoTime();
  }

  /** Starts it by the launcher of another checkout, otherwise as before. */
  void startFrom(Path home) throws IOException {
    command.set(0, home.resolve("dynadiff").toString());
    start();
  }

  boolean alive() {
    return process != null && process.isAlive();
  }

  long startedAtNanos() {
    return startedAt;
  }

  /** As {@code kill -9}: the process learns nothing of it. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** As {@link #kill}, but does not wait. */
  void killNow() {
    if (process != null) {
      process.destroyForcibly();
    }
  }

  /** As {@code kill -STOP}: it does nothing until {@link #wake}. */
  void stop() throws IOException, InterruptedException {
    signal("STOP");
  }

  /** Lets a stopped process go on. */
  void wake() throws IOException, InterruptedException {
    signal("CONT");
  }

  private void signal(String name) throws IOException, InterruptedException {
    int status =
        new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
            .inheritIO()
            .start()
            .waitFor();
    if (status != 0) {
      throw new IllegalStateException(
          "kill -%s of %s: expected status 0, found %d".formatted(name, this.name, status));
    }
  }

  /** As SIGTERM, then SIGKILL for one that does not end. */
  void end() throws InterruptedException {
    if (process == null) {
      return;
    }
    process.destroy();
    if (!process.waitFor(90, TimeUnit.SECONDS)) {
      kill();
    }
  }

  /** Whether it says that it takes part. */
  boolean ready() throws InterruptedException {
    HttpRequest question =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + metricsPort + "/health/ready"))
            .timeout(Duration.ofSeconds(5))
            .build();
    try {
      return HTTP.send(question, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException e) {
      // It does not listen yet.
      return false;
    }
  }

  /** Its process id, also while it is dead. */
  long pid() {
    return process.pid();
  }

  /** The sum of a series over all its labels, as the process says; 0 where it has none. */
  double metric(String name) throws IOException, InterruptedException {
    HttpRequest question =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + metricsPort + "/metrics")).build();
    return HTTP.send(question, HttpResponse.BodyHandlers.ofString())
        .body()
        .lines()
        .filter(line -> line.startsWith(name + "{") || line.startsWith(name + " "))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }

  Path log() {
    return log;
  }

  /** What it has logged since it was started last. */
  String sinceStart() throws IOException {
    byte[] all = Files.readAllBytes(log);
    return new String(all, (int) logStart, all.length - (int) logStart, StandardCharsets.UTF_8);
  }
}
