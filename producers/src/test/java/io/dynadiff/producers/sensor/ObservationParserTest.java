package io.dynadiff.producers.sensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ObservationParserTest {
  private static final Observation EXPECTED =
      new Observation(
          "03772", Instant.parse("2019-03-01T12:00:00Z").toEpochMilli(), 51.48, -0.45, 284.2);

  private final ObservationParser parser = new ObservationParser("t2m");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"time\":\"2019-03-01T12:00:00Z\",\"station\":\"03772\",\"latitude\":51.48,\"longitude\":-0.45,\"value\":284.2}",
        "{\"t2m\":284.2,\"lat\":51.48,\"lon\":-0.45,\"station\":\"03772\",\"time\":1551441600000,\"more\":[1]}",
        "{\"time\":\"2019-03-01T13:00:00+01:00\",\"station\":\"03772\",\"lat\":\"51.48\",\"lon\":-0.45,\"value\":284.2}",
      })
  void shouldReadJson(String line) {
    assertThat(parser.parse(line)).contains(EXPECTED);
  }

  @Test
  void shouldReadCsvByTheNamesOfItsColumns() {
    assertThat(parser.parse("\"Station\", lon ,Lat,quality,T2M,time")).isEmpty();
    assertThat(parser.parse("")).isEmpty();
    assertThat(parser.parse("\"03772\", -0.45,51.48,ok,284.2, 2019-03-01T12:00:00Z"))
        .contains(EXPECTED);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "time,station,lat,lon | found no value in 'time,station,lat,lon'",
        "station,lat,lon,value | found no time",
        "hello world | expected JSON objects, or CSV with the columns time, station",
      })
  void shouldRefuseColumnsThatAreNotEnough(String header, String message) {
    assertThatThrownBy(() -> parser.parse(header))
        .isInstanceOf(ObservationParser.HeaderException.class)
        .hasMessageContaining(message)
        .hasMessageContaining("value or t2m");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a,50,0,280 | expected 5 columns, found 4",
        "a,50,0,280,yesterday | time: expected 2019-03-01T12:00:00Z or milliseconds since 1970, found 'yesterday'",
        "a,91,0,280,0 | latitude: expected -90 to 90, found 91.0",
        "a,50,-181,280,0 | longitude: expected -180 to 360, found -181.0",
        "a,50,NaN,280,0 | longitude: expected -180 to 360, found NaN",
        "a,50,0,NaN,0 | value: expected a finite number, found NaN",
        "a,50,0,1e300,0 | value: expected a finite number",
        "a,50,0,warm,0 | value: expected a number, found 'warm'",
        ",50,0,280,0 | station: expected a name, found none",
      })
  void shouldSayWhatIsWrongWithALine(String line, String message) {
    parser.parse("station,lat,lon,value,time");
    assertThatThrownBy(() -> parser.parse(line))
        .isInstanceOf(IllegalArgumentException.class)
        .isNotInstanceOf(ObservationParser.HeaderException.class)
        .hasMessageContaining(message);
    assertThat(parser.parse("a,50,0,280,0")).isPresent();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"station\": | expected a JSON object",
        "[1] | station: expected one, found none",
        "{\"time\":0,\"lat\":1,\"lon\":1,\"value\":1} | station: expected one, found none",
        "{\"time\":0,\"station\":\"a\",\"lat\":1,\"lon\":1,\"value\":null} | value: expected a number, found 'null'",
      })
  void shouldSayWhatIsWrongWithAnObject(String line, String message) {
    parser.parse("{\"time\":0,\"station\":\"a\",\"lat\":1,\"lon\":1,\"value\":1}");
    assertThatThrownBy(() -> parser.parse(line))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }
}
