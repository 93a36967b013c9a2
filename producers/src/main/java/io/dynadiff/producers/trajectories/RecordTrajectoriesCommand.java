package io.dynadiff.producers.trajectories;

import io.dynadiff.commands.CommandReport;
import io.dynadiff.commands.GracefulStop;
import io.dynadiff.commands.KafkaOptions;
import io.dynadiff.physics.store.Provenance;
import io.dynadiff.physics.store.TrajectoryFormatException;
import io.dynadiff.physics.store.TrajectoryRecorder;
import io.dynadiff.producers.publish.FrameForm;
import io.dynadiff.producers.publish.FrameLog;
import io.dynadiff.producers.publish.PublishException;
import io.dynadiff.schemas.avro.FieldFrame;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.common.KafkaException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * Stores the frames that are on the topic now; frames that cannot be stored are left out, counted,
 * and the first of them shown.
 */
@Command(
    name = "record",
    mixinStandardHelpOptions = true,
    description =
        "Store the frames that are on the topic now, for training on them: each stretch of an"
            + " environment without a gap becomes a trajectory.",
    footer = {"", "Example:", "  dynadiff trajectories record --system my-stations --output store"})
public final class RecordTrajectoriesCommand implements Callable<Integer> {
  private static final int SHOWN_UNSOUND = 10;
  private static final long REPORT_NANOS = 5_000_000_000L;

  @Mixin private KafkaOptions kafka;

  @Option(names = "--system", description = "Only frames of this system (default: all).")
  private String system;

  @Option(
      names = "--environments",
      split = ",",
      paramLabel = "ID",
      description = "Only frames of these environments, comma-separated (default: all).")
  private List<String> environments = List.of();

  @Option(
      names = "--output",
      required = true,
      paramLabel = "DIR",
      description = "Directory of the store, made where missing.")
  private Path output;

  @Spec private CommandSpec spec;

  private long unsound;
  private long reportedNanos;

  @Override
  public Integer call() {
    Provenance provenance =
        new Provenance("io.dynadiff frames topic", "1", OptionalLong.empty(), Map.of());
    AtomicBoolean stopped = new AtomicBoolean();
    long start = System.nanoTime();
    reportedNanos = start;
    try (TrajectoryRecorder recorder = new TrajectoryRecorder(output, provenance);
        GracefulStop stop = GracefulStop.install(() -> stopped.set(true))) {
      FrameLog.read(
          kafka.connection(),
          kafka.topics(),
          stopped::get,
          (frame, read, total) -> {
            take(recorder, frame);
            report(start, read, total);
          });
      if (stopped.get()) {
        stop.finished();
        throw new IllegalStateException("stopped; nothing was stored");
      }
      TrajectoryRecorder.Summary stored = recorder.finish();
      stop.finished();
      if (stored.trajectories() == 0) {
        throw new IllegalArgumentException(
            "expected at least two frames in a row on the topic, found none"
                + (system == null ? "" : " of system " + system)
                + (environments.isEmpty() ? "" : " of " + environments)
                + "; publish some first, or record others");
      }
      PrintWriter out = spec.commandLine().getOut();
      out.println(output + ": " + stored + ", " + unsound + " unsound");
      out.flush();
      return CommandReport.DONE;
    } catch (IllegalArgumentException | TrajectoryFormatException e) {
      return CommandReport.report(spec, e, CommandReport.REFUSED);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return CommandReport.report(spec, e, CommandReport.FAILED);
    } catch (IllegalStateException | PublishException | KafkaException | UncheckedIOException e) {
      return CommandReport.report(spec, e, CommandReport.FAILED);
    }
  }

  private void take(TrajectoryRecorder recorder, FieldFrame frame) {
    if (frame == null) {
      leaveOut("a record is no frame");
      return;
    }
    if (system != null && !frame.getSystem().equals(system)
        || !environments.isEmpty() && !environments.contains(frame.getEnvironmentId())) {
      return;
    }
    try {
      recorder.add(FrameForm.of(frame), FrameForm.snapshot(frame));
    } catch (IllegalArgumentException e) {
      leaveOut(frame.getEnvironmentId() + " at " + frame.getEventTime() + ": " + e.getMessage());
    }
  }

  private void leaveOut(String why) {
    unsound++;
    if (unsound <= SHOWN_UNSOUND) {
      spec.commandLine().getErr().println(why + "; left out");
    }
  }

  private void report(long start, long read, long total) {
    long now = System.nanoTime();
    if (now - reportedNanos > REPORT_NANOS) {
      reportedNanos = now;
      double seconds = (now - start) / 1e9;
      spec.commandLine()
          .getErr()
          .printf(
              Locale.ROOT,
              "%d/%d records  ETA %.0f s%n",
              read,
              total,
              seconds * (total - read) / Math.max(1, read));
      spec.commandLine().getErr().flush();
    }
  }
}
