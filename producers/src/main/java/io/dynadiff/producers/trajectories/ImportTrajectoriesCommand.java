package io.dynadiff.producers.trajectories;

import io.dynadiff.commands.CommandReport;
import io.dynadiff.commands.GracefulStop;
import io.dynadiff.physics.field.FieldSeries;
import io.dynadiff.physics.recorded.RecordedDataException;
import io.dynadiff.physics.store.Provenance;
import io.dynadiff.physics.store.TrajectoryFormatException;
import io.dynadiff.physics.store.TrajectoryRecorder;
import io.dynadiff.physics.store.TrajectorySource;
import io.dynadiff.physics.store.TrajectoryWriter;
import io.dynadiff.physics.store.WriteSummary;
import io.dynadiff.producers.command.EventTime;
import io.dynadiff.producers.replay.RecordedFiles;
import io.dynadiff.producers.replay.RecordedTiles;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Stores tiles of recorded files as trajectories, the same frames that replay would publish. */
@Command(
    name = "import",
    mixinStandardHelpOptions = true,
    description =
        "Store recorded fields (NetCDF, GRIB, Zarr), each tile as one environment, for training on"
            + " them; the frames are those that replay would publish.",
    footer = {
      "",
      "Example, the whole grid in tiles of 16 x 16 points:",
      "  dynadiff trajectories import data/era5-2mt-2019-03-uk-cds.nc --system my-weather \\",
      "    --tiles all --to 2019-03-25 --output store"
    })
public final class ImportTrajectoriesCommand implements Callable<Integer> {

  @Parameters(
      arity = "1..*",
      paramLabel = "FILE",
      description =
          "NetCDF-4, NetCDF-3 or GRIB files or Zarr directories; files of one variable must follow"
              + " one another in time.")
  private List<Path> files;

  @Mixin private RecordedTiles tiles;

  @Mixin private EventTime time;

  @Option(
      names = "--output",
      required = true,
      paramLabel = "DIR",
      description = "Directory of the store, made where missing.")
  private Path output;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    try {
      EventTime.Span span = time.span();
      tiles.check();
      try (RecordedFiles recorded = RecordedFiles.open(files)) {
        return write(tiles.series(recorded, span));
      }
    } catch (IllegalArgumentException | RecordedDataException | TrajectoryFormatException e) {
      return CommandReport.report(spec, e, CommandReport.REFUSED);
    } catch (IllegalStateException | UncheckedIOException e) {
      return CommandReport.report(spec, e, CommandReport.FAILED);
    }
  }

  private int write(List<FieldSeries> series) {
    long frames = series.stream().mapToLong(FieldSeries::length).sum();
    PrintWriter err = spec.commandLine().getErr();
    StoreProgress progress =
        new StoreProgress(err, System.console() != null, System::nanoTime, frames);
    Thread writing = Thread.currentThread();
    try (GracefulStop stop = GracefulStop.install(writing::interrupt)) {
      // One at a time: recorded files are not for several threads.
      WriteSummary summary =
          new TrajectoryWriter(output, 1, progress)
              .write(series.stream().map(ImportTrajectoriesCommand::source).toList());
      progress.finish();
      PrintWriter out = spec.commandLine().getOut();
      out.printf(
          Locale.ROOT,
          "%s: %d environments, %d frames; %d chunks written, %d found%n",
          output,
          summary.trajectories(),
          frames,
          summary.chunksWritten(),
          summary.chunksFound());
      out.flush();
      stop.finished();
      return CommandReport.DONE;
    } catch (InterruptedException e) {
      progress.finish();
      return CommandReport.report(
          spec,
          new IllegalStateException(
              "stopped; whole chunks are kept, run the same command again to go on"),
          CommandReport.FAILED);
    }
  }

  private static TrajectorySource source(FieldSeries series) {
    long start = series.snapshots(0).next().eventTimeMillis();
    return new TrajectorySource(
        TrajectoryRecorder.name(series.environmentId(), start),
        new Provenance("io.dynadiff recorded files", "1", OptionalLong.empty(), Map.of()),
        start,
        OptionalInt.empty(),
        () -> series);
  }
}
