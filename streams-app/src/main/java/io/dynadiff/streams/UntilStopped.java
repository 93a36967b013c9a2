package io.dynadiff.streams;

import io.dynadiff.commands.CommandReport;
import io.dynadiff.commands.GracefulStop;
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
   * Starts, waits, closes.
   *
   * @return exit status, also of a process that a signal ends: 0 when everything was closed
   *     properly, 1 after a failure
   */
  static int run(OnlineRole role, PrintWriter err) throws InterruptedException {
    int status = CommandReport.FAILED;
    try (GracefulStop stop = GracefulStop.install()) {
      try {
        status = run(role, stop, err);
      } finally {
        stop.finished(status);
      }
    }
    return status;
  }

  private static int run(OnlineRole role, GracefulStop stop, PrintWriter err)
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
