package io.dynadiff.cli.forecasts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.dynadiff.cli.Python;
import io.dynadiff.schemas.avro.Forecast;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ForecastFileTest {

  /** Rounding of values up to 115 to float32. */
  private static final double ROUNDING = 1e-5;

  @TempDir private Path directory;

  @Test
  void shouldEndWithTheLastMembersWhenAnEnsembleIsTheLastRecord() throws IOException {
    Path file = write(single(0), ensemble(1));

    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file));
    assertThat(bytes.getInt(0)).as("CDF-2").isEqualTo(0x43444602);
    assertThat(bytes.getInt(4)).as("records").isEqualTo(2);
    // Member 2 of the second quantity at the last lead and point: 100 + 10 + 2 + 0.3 + 1 + 0.5.
    assertThat(bytes.getFloat(bytes.capacity() - 4)).isEqualTo(113.8f);
    try (var files = Files.list(directory)) {
      assertThat(files).as("nothing is left beside it").containsExactly(file);
    }
  }

  @Test
  void shouldLeaveNothingBehindWhenATensorHasAnotherShapeThanItsGridSays() throws IOException {
    ForecastSurvey survey = survey(single(0));
    ForecastFile file = file(survey);
    Forecast wrong = single(1);
    wrong.setMean(ensemble(1).getMemberFields());

    assertThatThrownBy(() -> file.append(wrong))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("expected 2 leads, 2 channels and 12 points")
        .hasMessageContaining("[2, 2, 2, 3, 4]");

    file.discard();
    try (var files = Files.list(directory)) {
      assertThat(files).isEmpty();
    }
  }

  @Test
  void shouldChooseTheNewestFormOfTheRunWhenRunsAndFormsDiffer() {
    Forecast other = ExampleForecasts.single(ExampleForecasts.ENVIRONMENT, "second", 0);
    other.setLeadSteps(List.of(1, 2));

    ForecastSurvey newest = survey(single(0), ensemble(1), other);
    assertThat(newest.newest().orElseThrow().leadSteps()).containsExactly(1, 2);
    assertThat(newest.chosen().forecasts()).isEqualTo(1);
    assertThat(newest.others()).isEqualTo(2);

    ForecastSurvey first = new ForecastSurvey(Optional.of("first"));
    List.of(single(0), ensemble(1), other).forEach(first::take);
    assertThat(first.chosen().forecasts()).isEqualTo(2);
    assertThat(first.chosen().members()).isEqualTo(2);
    assertThat(first.chosen().spread()).isTrue();
    assertThat(first.runs()).containsExactly("first", "second");
  }

  @Test
  @Tag("slow")
  void shouldOpenInXarrayWithCoordinatesAndUnits() throws Exception {
    Python python = Python.with("xarray", "scipy");
    Path file = write(single(0), ensemble(1), ensemble(2));

    Python.Ended ended =
        python.run(
            Python.EXAMPLES.resolve("check_forecasts.py").toString(), file.toString(), "--json");

    assertThat(ended.code()).as(ended.all()).isZero();
    JsonNode found = new ObjectMapper().readTree(ended.out());
    assertThat(found.at("/sizes").toString())
        .isEqualTo("{\"latitude\":3,\"lead\":2,\"longitude\":4,\"member\":2,\"time\":3}");
    assertThat(found.at("/time/0").asText()).isEqualTo("2019-03-20T05:00:00");
    assertThat(found.at("/lead").toString()).isEqualTo("[3600.0,10800.0]");
    JsonNode temperature = found.at("/fields/2m_temperature");
    assertThat(temperature.get("units").asText()).isEqualTo("K");
    assertThat(temperature.get("dims").toString())
        .isEqualTo("[\"time\",\"lead\",\"latitude\",\"longitude\"]");
    assertThat(temperature.get("min").asDouble()).isEqualTo(0);
    assertThat(temperature.get("max").asDouble()).isEqualTo(14.3, within(ROUNDING));
    assertThat(temperature.get("missing").asInt()).isZero();
    assertThat(found.at("/fields/time_field/max").asDouble())
        .as("a quantity that is called like a coordinate")
        .isEqualTo(114.3, within(ROUNDING));
    assertThat(found.at("/fields/2m_temperature_spread/missing").asInt())
        .as("the base expert has no spread")
        .isEqualTo(2 * 3 * 4);
    assertThat(found.at("/fields/2m_temperature_members/dims").toString())
        .isEqualTo("[\"time\",\"member\",\"lead\",\"latitude\",\"longitude\"]");
  }

  private Path write(Forecast... forecasts) throws IOException {
    try (ForecastFile file = file(survey(forecasts))) {
      for (Forecast forecast : forecasts) {
        file.append(forecast);
      }
    }
    return directory.resolve("forecasts.nc");
  }

  private ForecastFile file(ForecastSurvey survey) throws IOException {
    return new ForecastFile(
        directory.resolve("forecasts.nc"),
        ExampleForecasts.ENVIRONMENT,
        survey.newest().orElseThrow(),
        survey.chosen(),
        "made by a test");
  }

  private static ForecastSurvey survey(Forecast... forecasts) {
    ForecastSurvey survey = new ForecastSurvey(Optional.empty());
    List.of(forecasts).forEach(survey::take);
    return survey;
  }

  private static Forecast single(long sequence) {
    return ExampleForecasts.single(ExampleForecasts.ENVIRONMENT, "first", sequence);
  }

  private static Forecast ensemble(long sequence) {
    return ExampleForecasts.ensemble(ExampleForecasts.ENVIRONMENT, "first", sequence);
  }
}
