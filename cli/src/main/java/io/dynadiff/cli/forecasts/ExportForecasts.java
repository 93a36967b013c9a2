package io.dynadiff.cli.forecasts;

import io.dynadiff.schemas.avro.Forecast;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code dynadiff forecasts export}: the committed forecasts of an environment as NetCDF. */
@Command(
    name = "export",
    mixinStandardHelpOptions = true,
    description = {
      "Write the committed forecasts of one run of an environment as NetCDF-3 after the CF"
          + " conventions: arrays [time, lead, y, x] with units, spread and members where there are"
          + " some. xarray opens it with xarray.open_dataset(FILE).",
      "The topic is read twice, so that no more than one forecast is held in memory. Where grid,"
          + " quantities or leads have changed during the run, the newest form is written."
    },
    footer = {"", "Example:", "  dynadiff forecasts export era5-uk/r00c00 --output forecasts.nc"})
final class ExportForecasts implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Mixin private EnvironmentToFile made;

  @Option(
      names = "--run",
      paramLabel = "ID",
      description = "The run of the feed (default: the newest).")
  private String runId;

  @Override
  public Integer call() {
    return made.run(spec, this::export);
  }

  private void export(ForecastTopic forecasts) throws IOException {
    ForecastSurvey survey = new ForecastSurvey(Optional.ofNullable(runId));
    forecasts.readAll(survey::take, progress("looking"));
    if (survey.newest().isEmpty()) {
      throw new IllegalArgumentException(
          "topic %s: expected forecasts of %s%s, found %s; dynadiff forecasts tail shows what there is"
              .formatted(
                  made.topic(),
                  made.environmentId(),
                  runId == null ? "" : " of run " + runId,
                  survey.runs().isEmpty() ? "none" : "those of runs " + survey.runs()));
    }
    write(forecasts, survey, survey.newest().get());
  }

  private void write(ForecastTopic forecasts, ForecastSurvey survey, ForecastForm form)
      throws IOException {
    String history =
        "%s: dynadiff forecasts export %s"
            .formatted(Instant.now().truncatedTo(ChronoUnit.SECONDS), made.environmentId());
    ForecastFile file =
        new ForecastFile(made.output(), made.environmentId(), form, survey.chosen(), history);
    int[] written = {0};
    try {
      forecasts.readAll(
          forecast -> {
            if (form.equals(ForecastForm.of(forecast))) {
              append(file, forecast);
              written[0]++;
            }
          },
          progress("writing"));
    } catch (RuntimeException e) {
      file.discard();
      throw e;
    }
    file.close();
    PrintWriter out = spec.commandLine().getOut();
    out.printf(
        "wrote %s, %d forecasts of %s, run %s, %d leads%n",
        made.output(), written[0], made.environmentId(), form.runId(), form.leadSteps().size());
    out.flush();
    if (survey.others() > 0) {
      PrintWriter err = spec.commandLine().getErr();
      err.printf(
          "left out %d forecasts of other runs or forms; --run chooses among %s%n",
          survey.others(), survey.runs());
      err.flush();
    }
  }

  private static void append(ForecastFile file, Forecast forecast) {
    try {
      file.append(forecast);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private ReadProgress progress(String what) {
    return new ReadProgress(spec.commandLine().getErr(), what, System::nanoTime);
  }
}
