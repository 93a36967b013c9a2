package io.dynadiff.producers.sensor;

import io.dynadiff.commands.CommandReport;
import io.dynadiff.commands.GracefulStop;
import io.dynadiff.commands.KafkaOptions;
import io.dynadiff.physics.field.Channel;
import io.dynadiff.physics.field.Coordinates;
import io.dynadiff.physics.field.Grid;
import io.dynadiff.physics.store.TrajectoryFormatException;
import io.dynadiff.physics.store.TrajectoryRecorder;
import io.dynadiff.producers.command.RunId;
import io.dynadiff.producers.feed.ProgressLine;
import io.dynadiff.producers.feed.ResumeException;
import io.dynadiff.producers.publish.FramePublisher;
import io.dynadiff.producers.publish.PublishException;
import io.dynadiff.producers.publish.PublishedFrames;
import io.dynadiff.schemas.avro.FieldFrame;
import io.dynadiff.schemas.kafka.KafkaConnection;
import io.dynadiff.schemas.topics.TopicCatalogue;
import io.dynadiff.schemas.topics.TopicContradiction;
import java.io.InterruptedIOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.common.KafkaException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Puts point observations on a grid and publishes a frame per interval. */
@Command(
    name = "sensor",
    mixinStandardHelpOptions = true,
    description =
        "Publish point observations (JSON lines or CSV) as frames: gridded, one per interval of"
            + " event time.",
    footer = {
      "",
      "Example, stations every hour from a file that is being appended to:",
      "  dynadiff sensor stations.csv --follow --environment era5-uk/stations \\",
      "    --north 54 --west -3.5 --spacing 0.25 --size 16x16 --interval 1h --radius 200",
      "",
      "What was measured in the past, as data to train on:",
      "  dynadiff sensor history.csv --system my-stations --environment my-stations/north \\",
      "    --north 54 --west -3.5 --radius 200 --to-store store"
    })
public final class SensorCommand implements Callable<Integer> {
  private static final Pattern DURATION = Pattern.compile("(\\d{1,9})(ms|s|m|h)");
  private static final Pattern SIZE = Pattern.compile("(\\d{1,4})x(\\d{1,4})");
  private static final Pattern ADDRESS = Pattern.compile("tcp://(.+):(\\d{1,5})");

  @Mixin private KafkaOptions kafka;

  @Parameters(
      arity = "0..1",
      defaultValue = "-",
      paramLabel = "SOURCE",
      description = "- for standard input, a file, or tcp://HOST:PORT to listen on (default: -).")
  private String source;

  @Option(names = "--follow", description = "Wait for what is appended to the file.")
  private boolean follow;

  @Option(
      names = "--system",
      defaultValue = "era5-uk",
      description = "System the frames belong to (default: ${DEFAULT-VALUE}).")
  private String system;

  @Option(names = "--environment", required = true, paramLabel = "ID", description = "Environment.")
  private String environment;

  @Option(
      names = "--variable",
      defaultValue = "t2m",
      description = "What the stations measure; names the channel (default: ${DEFAULT-VALUE}).")
  private String variable;

  @Option(
      names = "--unit",
      defaultValue = "K",
      description = "Unit of the values (default: ${DEFAULT-VALUE}).")
  private String unit;

  @Option(names = "--north", required = true, description = "Latitude of the first row.")
  private double north;

  @Option(names = "--west", required = true, description = "Longitude of the first column.")
  private double west;

  @Option(
      names = "--spacing",
      defaultValue = "0.25",
      description = "Degrees from point to point (default: ${DEFAULT-VALUE}).")
  private double spacing;

  @Option(
      names = "--size",
      defaultValue = "16x16",
      paramLabel = "ROWSxCOLUMNS",
      description = "Points of the grid (default: ${DEFAULT-VALUE}).")
  private String size;

  @Option(
      names = "--interval",
      defaultValue = "1h",
      paramLabel = "TIME",
      description = "Event time between frames: 500ms, 30s, 10m, 1h (default: ${DEFAULT-VALUE}).")
  private String interval;

  @Option(
      names = "--lateness",
      paramLabel = "TIME",
      description = "How long an interval waits for what is late (default: a tenth of it).")
  private String lateness;

  @Option(
      names = "--gridding",
      defaultValue = "inverse-distance",
      paramLabel = "METHOD",
      description = "nearest or inverse-distance (default: ${DEFAULT-VALUE}).")
  private String gridding;

  @Option(
      names = "--radius",
      defaultValue = "50",
      paramLabel = "KM",
      description = "How far a station speaks for (default: ${DEFAULT-VALUE} km).")
  private double radius;

  @Option(
      names = "--min-coverage",
      defaultValue = "0.5",
      paramLabel = "PART",
      description =
          "Withhold frames with fewer points within the radius of a station"
              + " (default: ${DEFAULT-VALUE}).")
  private double minimumCoverage;

  @Option(
      names = "--mask-channel",
      description = "Add the mask as a channel \"coverage\", 1 where a point is covered.")
  private boolean maskChannel;

  @Option(
      names = "--silent-after",
      defaultValue = "3",
      paramLabel = "N",
      description = "Report stations without data for N intervals (default: ${DEFAULT-VALUE}).")
  private int silentAfter;

  @Option(
      names = "--stations",
      split = ",",
      paramLabel = "ID",
      description = "Stations to report as silent even if they never give data, comma-separated.")
  private List<String> expectedStations = List.of();

  @Option(
      names = "--run-id",
      paramLabel = "ID",
      description = "Names the run; one that has been begun is continued (default: a new one).")
  private String runId;

  @Option(
      names = "--to-store",
      paramLabel = "DIR",
      description =
          "Write the frames into a trajectory store, for training on them, and publish nothing.")
  private Path store;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    PrintWriter err = spec.commandLine().getErr();
    try {
      RunId.require(runId);
      SensorSettings settings = settings();
      new StationGridder(settings.grid(), settings.gridding(), settings.radiusKm());
      if (store != null) {
        return record(settings);
      }
      KafkaConnection connection = kafka.connection();
      TopicCatalogue topics = kafka.topics();
      try (ObservationInput input = input()) {
        return publish(connection, topics, settings, input);
      }
    } catch (IllegalArgumentException
        | ResumeException
        | TopicContradiction
        | TrajectoryFormatException e) {
      return CommandReport.report(spec, e, CommandReport.REFUSED);
    } catch (PublishException | UncheckedIOException | KafkaException e) {
      return CommandReport.report(spec, e, CommandReport.FAILED);
    } finally {
      err.flush();
    }
  }

  private int publish(
      KafkaConnection connection,
      TopicCatalogue topics,
      SensorSettings settings,
      ObservationInput input) {
    PrintWriter err = spec.commandLine().getErr();
    KafkaOptions.ensure(connection, topics);
    String run = runId == null ? RunId.fresh() : runId;
    List<String> environments = List.of(settings.environmentId());
    ProgressLine progress = new ProgressLine(err, System.console() != null, System::nanoTime);
    try (FramePublisher publisher = FramePublisher.open(connection, topics, run, environments)) {
      Optional<FieldFrame> last =
          runId == null
              ? Optional.empty()
              : Optional.ofNullable(
                  PublishedFrames.last(connection, topics, run, environments)
                      .get(settings.environmentId()));
      SensorFeed feed =
          new SensorFeed(
              run,
              settings,
              input,
              new TopicOutlet(run, settings, publisher),
              last,
              progress,
              this::notice,
              System::currentTimeMillis);
      try (GracefulStop stop = GracefulStop.install(feed::stop)) {
        err.printf(Locale.ROOT, "run %s: %d already published%n", run, feed.resumedFrom());
        err.flush();
        SensorSummary summary = feed.run();
        progress.finish();
        PrintWriter out = spec.commandLine().getOut();
        out.println("run " + run + ": " + summary);
        if (!summary.complete()) {
          out.println("continue with --run-id " + run);
        }
        out.flush();
        // It is meant to be ended by Ctrl-C.
        stop.finished(CommandReport.DONE);
        return CommandReport.DONE;
      }
    }
  }

  private int record(SensorSettings settings) {
    if (runId != null) {
      throw new IllegalArgumentException(
          "--run-id: expected none with --to-store, since a store has no runs; found " + runId);
    }
    PrintWriter err = spec.commandLine().getErr();
    ProgressLine progress = new ProgressLine(err, System.console() != null, System::nanoTime);
    try (ObservationInput input = input();
        TrajectoryRecorder recorder =
            new TrajectoryRecorder(store, StoreOutlet.provenance(settings))) {
      SensorFeed feed =
          new SensorFeed(
              settings.environmentId(),
              settings,
              input,
              new StoreOutlet(settings, recorder),
              Optional.empty(),
              progress,
              this::notice,
              System::currentTimeMillis);
      try (GracefulStop stop = GracefulStop.install(feed::stop)) {
        SensorSummary summary = feed.run();
        progress.finish();
        PrintWriter out = spec.commandLine().getOut();
        out.println(settings.environmentId() + ": " + summary.text("gridded"));
        TrajectoryRecorder.Summary stored = recorder.finish();
        if (stored.trajectories() == 0) {
          throw new IllegalArgumentException(
              source
                  + ": expected at least two frames in a row to store, found "
                  + summary.text("gridded")
                  + "; a larger --radius or --interval, or a smaller --min-coverage may help");
        }
        out.println(store + ": " + stored);
        out.flush();
        stop.finished(CommandReport.DONE);
        return CommandReport.DONE;
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new UncheckedIOException(new InterruptedIOException("interrupted while storing"));
      }
    }
  }

  private void notice(String sentence) {
    spec.commandLine().getErr().println(sentence);
    spec.commandLine().getErr().flush();
  }

  private SensorSettings settings() {
    Matcher points = SIZE.matcher(size);
    if (!points.matches()) {
      throw new IllegalArgumentException(
          "size: expected rows x columns like 16x16, found '" + size + "'");
    }
    if (!(spacing > 0)) {
      throw new IllegalArgumentException(
          "spacing: expected degrees greater than 0, found " + spacing);
    }
    int rows = Integer.parseInt(points.group(1));
    if (!(north <= 90 && north - (rows - 1) * spacing >= -90) || !(west >= -180 && west <= 360)) {
      throw new IllegalArgumentException(
          "grid: expected it between 90 and -90 degrees north, west -180 to 360, found north "
              + north
              + ", west "
              + west);
    }
    long intervalMillis = millis("interval", interval);
    return new SensorSettings(
        system,
        environment,
        new Channel(variable, unit),
        new Grid(
            rows,
            Integer.parseInt(points.group(2)),
            north,
            west,
            -spacing,
            spacing,
            "degrees",
            Coordinates.LATITUDE_LONGITUDE,
            false),
        intervalMillis,
        lateness == null ? intervalMillis / 10 : millis("lateness", lateness),
        method(),
        radius,
        minimumCoverage,
        maskChannel,
        silentAfter,
        expectedStations);
  }

  private Gridding method() {
    return switch (gridding) {
      case "nearest" -> Gridding.NEAREST;
      case "inverse-distance" -> Gridding.INVERSE_DISTANCE;
      default ->
          throw new IllegalArgumentException(
              "gridding: expected nearest or inverse-distance, found '" + gridding + "'");
    };
  }

  private ObservationInput input() {
    if (source.startsWith("tcp:")) {
      Matcher address = ADDRESS.matcher(source);
      if (!address.matches() || Integer.parseInt(address.group(2)) > 65535) {
        throw new IllegalArgumentException(
            "source: expected an address like tcp://0.0.0.0:7070, found '" + source + "'");
      }
      return ObservationInput.listen(
          new InetSocketAddress(address.group(1), Integer.parseInt(address.group(2))), variable);
    }
    if (source.equals("-")) {
      if (follow) {
        throw new IllegalArgumentException("--follow: expected a file, found standard input");
      }
      return ObservationInput.stream(System.in, "standard input", variable);
    }
    return ObservationInput.file(Path.of(source), follow, variable);
  }

  private static long millis(String option, String text) {
    Matcher m = DURATION.matcher(text);
    if (!m.matches()) {
      throw new IllegalArgumentException(
          option + ": expected a time like 500ms, 30s, 10m or 1h, found '" + text + "'");
    }
    long unit =
        switch (m.group(2)) {
          case "ms" -> 1;
          case "s" -> 1000;
          case "m" -> 60_000;
          default -> 3_600_000;
        };
    return Long.parseLong(m.group(1)) * unit;
  }
}
