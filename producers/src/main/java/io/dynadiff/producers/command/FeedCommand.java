package io.dynadiff.producers.command;

import io.dynadiff.commands.CommandReport;
import io.dynadiff.commands.GracefulStop;
import io.dynadiff.commands.KafkaOptions;
import io.dynadiff.physics.field.FieldSeries;
import io.dynadiff.physics.recorded.RecordedDataException;
import io.dynadiff.physics.store.TrajectoryFormatException;
import io.dynadiff.producers.feed.FeedSummary;
import io.dynadiff.producers.feed.FieldFeed;
import io.dynadiff.producers.feed.ProgressLine;
import io.dynadiff.producers.feed.ResumeException;
import io.dynadiff.producers.pace.Pace;
import io.dynadiff.producers.publish.PublishException;
import io.dynadiff.schemas.kafka.KafkaConnection;
import io.dynadiff.schemas.topics.TopicCatalogue;
import io.dynadiff.schemas.topics.TopicContradiction;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import org.apache.kafka.common.KafkaException;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * A command that publishes series until they end or Ctrl-C comes.
 *
 * <p>Exit codes: 0 done, 1 broker, registry or a simulation failed, 2 bad usage, configuration or
 * input, 130 ended by Ctrl-C with everything published committed; a feed without end is meant to be
 * ended that way and exits 0.
 */
public abstract class FeedCommand implements Callable<Integer> {
  @Mixin private KafkaOptions kafka;

  @Option(
      names = "--speed",
      defaultValue = "1x",
      paramLabel = "SPEED",
      description =
          "Event time per second of wall time: 1x, 3600x, or max (default: ${DEFAULT-VALUE}).")
  private String speed;

  @Option(
      names = "--run-id",
      paramLabel = "ID",
      description =
          "Names the run; a run that has been begun is continued after its last frame"
              + " (default: a new one).")
  private String runId;

  @Spec private CommandSpec spec;

  /**
   * The series to publish; closed when the feed has ended.
   *
   * @throws IllegalArgumentException or RecordedDataException on bad options or input
   */
  protected abstract Series open();

  /**
   * Asked, on another thread, to give up what takes long before the first frame; a series that does
   * throws {@link CancellationException}.
   */
  protected void stop() {}

  /** Standard error of the command. */
  protected final PrintWriter err() {
    return spec.commandLine().getErr();
  }

  /** Series and the resource they read from. */
  public record Series(List<? extends FieldSeries> fields, Runnable release)
      implements AutoCloseable {

    @Override
    public void close() {
      fields.forEach(FieldSeries::close);
      release.run();
    }
  }

  @Override
  public final Integer call() {
    PrintWriter err = spec.commandLine().getErr();
    try {
      Pace pace = Pace.parse(speed);
      RunId.require(runId);
      KafkaConnection connection = kafka.connection();
      TopicCatalogue topics = kafka.topics();
      try (Series series = open()) {
        return publish(connection, topics, pace, series.fields());
      }
    } catch (IllegalArgumentException
        | RecordedDataException
        | TrajectoryFormatException
        | ResumeException
        | TopicContradiction e) {
      return CommandReport.report(spec, e, CommandReport.REFUSED);
    } catch (PublishException | KafkaException | UncheckedIOException | ArithmeticException e) {
      return CommandReport.report(spec, e, CommandReport.FAILED);
    } finally {
      err.flush();
    }
  }

  private int publish(
      KafkaConnection connection,
      TopicCatalogue topics,
      Pace pace,
      List<? extends FieldSeries> series) {
    PrintWriter err = spec.commandLine().getErr();
    KafkaOptions.ensure(connection, topics);
    boolean fresh = runId == null;
    String run = fresh ? RunId.fresh() : runId;
    ProgressLine progress = new ProgressLine(err, System.console() != null, System::nanoTime);
    try (FieldFeed feed = FieldFeed.open(connection, topics, run, fresh, series, pace, progress);
        GracefulStop stop = GracefulStop.install(() -> stop(feed))) {
      err.printf(
          Locale.ROOT,
          "run %s: %d environments, %s frames, %d already published, speed %s%n",
          run,
          series.size(),
          feed.total().isPresent() ? Long.toString(feed.total().getAsLong()) : "endless",
          feed.resumedFrom(),
          pace);
      err.flush();
      FeedSummary summary = run(feed, run);
      progress.finish();
      spec.commandLine()
          .getOut()
          .printf(
              Locale.ROOT,
              "run %s: %d frames published%s%n",
              run,
              summary.committed(),
              summary.complete() ? "" : "; continue with --run-id " + run);
      spec.commandLine().getOut().flush();
      if (feed.total().isEmpty()) {
        stop.finished(CommandReport.DONE);
      } else {
        stop.finished();
      }
      return CommandReport.DONE;
    }
  }

  private void stop(FieldFeed feed) {
    feed.stop();
    stop();
  }

  private static FeedSummary run(FieldFeed feed, String run) {
    try {
      return feed.run();
    } catch (CancellationException e) {
      // Stopped before the first frame of this start: there was nothing to commit.
      return new FeedSummary(run, 0, Map.of(), feed.resumedFrom(), false);
    }
  }
}
