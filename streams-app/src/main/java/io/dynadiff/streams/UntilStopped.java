package io.dynadiff.streams;

import io.dynadiff.commands.CommandReport;
import io.dynadiff.commands.GracefulStop;
import io.dynadiff.streams.health.ObservedProcess;
import io.dynadiff.streams.metrics.MetricsSettings;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs a role until it fails or the process is asked to end (Ctrl-C, SIGTERM). */
final class UntilStopped {

  private static final Logger LOG = LoggerFactory.getLogger(UntilStopped.class);
  private static final Duration CHECK = Duration.ofMillis(200);

  private UntilStopped() {}

  /**
   * Starts, waits, closes; serves metrics and health meanwhile if the settings say where.
   *
   * @return exit status, also of a process that a signal ends: 0 when everything was closed
   *     properly, 1 after a failure
   * @throws IOException if metrics cannot be served there
   */
  static int run(OnlineRoles role, MetricsSettings metrics, PrintWriter err)
      throws InterruptedException, IOException {
    int status = CommandReport.FAILED;
    try (GracefulStop stop = GracefulStop.install()) {
      try {
        status = observed(role, metrics, stop, err);
      } finally {
        stop.finished(status);
      }
    }
    return status;
  }

  private static int observed(
      OnlineRoles roles, MetricsSettings metrics, GracefulStop stop, PrintWriter err)
      throws InterruptedException, IOException {
    if (metrics.port().isEmpty()) {
      return run(roles, () -> {}, stop, err);
    }
    try (ObservedProcess process = ObservedProcess.open(metrics, roles.roles())) {
      err.println(roles.name() + ": metrics and health at " + process.url());
      err.flush();
      return run(roles, process::ending, stop, err);
    }
  }

  private static int run(OnlineRole role, Runnable ending, GracefulStop stop, PrintWriter err)
      throws InterruptedException {
    Optional<Throwable> failure;
    try {
      role.start();
      boolean announced = false;
      failure = role.failure();
      while (failure.isEmpty() && !stop.await(CHECK)) {
        if (!announced && role.ready()) {
          announced = true;
          err.println(role.name() + ": ready");
          err.flush();
        }
        failure = role.failure();
      }
    } finally {
      ending.run();
      role.close();
    }
    failure = failure.or(role::failure);
    failure.ifPresent(
        cause -> {
          LOG.error("{} has failed", role.name(), cause);
          err.println(role.name() + ": " + cause);
          err.flush();
        });
    return failure.isEmpty() ? CommandReport.DONE : CommandReport.FAILED;
  }
}
