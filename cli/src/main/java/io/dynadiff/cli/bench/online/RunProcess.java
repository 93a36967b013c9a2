package io.dynadiff.cli.bench.online;

import io.dynadiff.cli.bench.measure.BenchRun;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * All roles in one process of its own, started by the launcher as people do. The caller closes,
 * which kills it; so does the end of this JVM.
 */
final class RunProcess implements AutoCloseable {

  /** Long, since a busy machine may take its time. */
  private static final long END_LIMIT_SECONDS = 300;

  private final Process process;
  private final Path log;
  private final long startedAtMillis;
  private final Thread killer;

  private RunProcess(Process process, Path log, long startedAtMillis) {
    this.process = process;
    this.log = log;
    this.startedAtMillis = startedAtMillis;
    this.killer = new Thread(process::destroyForcibly);
    Runtime.getRuntime().addShutdownHook(killer);
  }

  /** Starts roles on a state directory; returns at once. */
  static RunProcess start(
      BenchRun run, String bootstrapServers, String registry, Path stateDirectory)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(run.home().resolve("dynadiff").toString());
    command.add("run");
    command.add("--bootstrap-servers=" + bootstrapServers);
    command.add("--schema-registry=" + registry);
    command.add("--bundles=" + run.bundle().toAbsolutePath());
    command.add("--state-dir=" + stateDirectory);
    run.settings().forEach((key, value) -> command.add("--set=" + key + "=" + value));
    File log = Files.createTempFile(run.work(), "run-", ".log").toFile();
    long startedAt = System.currentTimeMillis();
    return new RunProcess(
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log).start(),
        log.toPath(),
        startedAt);
  }

  /** Wall-clock time of the start, milliseconds since the epoch. */
  long startedAtMillis() {
    return startedAtMillis;
  }

  /**
   * Fails if the process has ended by itself.
   *
   * @throws IllegalStateException with the end of what it has printed
   */
  void check() throws IOException {
    if (!process.isAlive()) {
      String printed = Files.readString(log, StandardCharsets.UTF_8).strip();
      throw new IllegalStateException(
          "dynadiff run: expected it to go on, found it ended with "
              + process.exitValue()
              + ": "
              + printed.substring(Math.max(0, printed.length() - 500)));
    }
  }

  /** Memory that it holds now, in MiB, native memory included; NaN where Linux does not say. */
  double residentMebibytes() throws IOException {
    Path status = Path.of("/proc", Long.toString(process.pid()), "status");
    if (!Files.isReadable(status)) {
      return Double.NaN;
    }
    return Files.readAllLines(status).stream()
        .filter(line -> line.startsWith("VmRSS:"))
        .mapToDouble(line -> Double.parseDouble(line.replaceAll("\\D", "")) / 1024)
        .findFirst()
        .orElse(Double.NaN);
  }

  /** Ends it as SIGTERM does and waits until it has ended. */
  void end() throws InterruptedException {
    process.destroy();
    if (!process.waitFor(END_LIMIT_SECONDS, TimeUnit.SECONDS)) {
      throw new IllegalStateException(
          "dynadiff run: expected it to end within "
              + END_LIMIT_SECONDS
              + " s of SIGTERM, found it alive");
    }
  }

  /** Ends it as {@code kill -9} does. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  @Override
  public void close() {
    process.destroyForcibly();
    try {
      process.waitFor(30, TimeUnit.SECONDS);
      Runtime.getRuntime().removeShutdownHook(killer);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IllegalStateException e) {
      // The JVM is going down: the hook does the same.
    }
  }
}
