package io.dynadiff.producers.observe;

import io.dynadiff.commands.CommandReport;
import io.dynadiff.physics.recorded.RecordedDataException;
import io.dynadiff.physics.recorded.RecordedField;
import io.dynadiff.physics.recorded.RecordedFields;
import io.dynadiff.producers.command.EventTime;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Prints what stations at random places would have measured of a recorded field. */
@Command(
    name = "observe",
    mixinStandardHelpOptions = true,
    description =
        "Print what stations at random places would have measured of a recorded field, as CSV that"
            + " sensor reads: for trying it, and for studies of how many stations a forecast needs.",
    footer = {
      "",
      "Example:",
      "  dynadiff observe data/era5-2mt-2019-03-uk-cds.nc --stations 150 --noise 0.2 \\",
      "    --to 2019-03-25 > stations.csv"
    })
public final class ObserveCommand implements Callable<Integer> {

  @Parameters(paramLabel = "FILE", description = "A NetCDF or GRIB file or a Zarr directory.")
  private Path file;

  @Option(
      names = "--variable",
      defaultValue = "t2m",
      description = "Variable to measure (default: ${DEFAULT-VALUE}).")
  private String variable;

  @Option(
      names = "--stations",
      defaultValue = "100",
      paramLabel = "N",
      description = "Number of stations (default: ${DEFAULT-VALUE}).")
  private int stations;

  @Option(
      names = "--noise",
      defaultValue = "0",
      paramLabel = "DEVIATION",
      description =
          "Standard deviation of the stations' errors, in the variable's unit"
              + " (default: ${DEFAULT-VALUE}).")
  private double noise;

  @Option(
      names = "--seed",
      defaultValue = "1",
      description = "Seed of places and errors (default: ${DEFAULT-VALUE}).")
  private long seed;

  @Mixin private EventTime time;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    try (RecordedFields recording = RecordedFields.open(file)) {
      EventTime.Span span = time.span();
      RecordedField field = recording.variable(variable);
      int first = field.firstAtOrAfter(span.first());
      int end = field.firstAtOrAfter(span.end());
      if (first >= end) {
        throw new IllegalArgumentException(
            "time span: expected a time of "
                + file
                + ", which covers "
                + Instant.ofEpochMilli(field.timeMillis(0))
                + " to "
                + Instant.ofEpochMilli(field.timeMillis(field.timeCount() - 1))
                + ", found none");
      }
      Stations network = new Stations(field.grid(), stations, noise, seed);
      out.println("station,time,latitude,longitude,value");
      for (int i = first; i < end && !out.checkError(); i++) {
        Instant instant = Instant.ofEpochMilli(field.timeMillis(i));
        for (Stations.Measured m : network.measure(field.slice(i))) {
          out.printf(
              Locale.ROOT,
              "%s,%s,%.4f,%.4f,%.3f%n",
              m.station(),
              instant,
              m.latitude(),
              m.longitude(),
              m.value());
        }
      }
      out.flush();
      return CommandReport.DONE;
    } catch (IllegalArgumentException | RecordedDataException e) {
      return CommandReport.report(spec, e, CommandReport.REFUSED);
    }
  }
}
