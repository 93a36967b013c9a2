package io.dynadiff.physics.recorded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dynadiff.physics.field.Channel;
import io.dynadiff.physics.field.FieldSeries;
import io.dynadiff.physics.field.JoinedSeries;
import io.dynadiff.physics.validation.RecordedValidation;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The same recording in four formats, and a real packed file of another region. */
class RecordedFormatsTest {
  private static final Path DATA = Path.of("..", "data");
  private static final String CDS = "era5-2mt-2019-03-uk-cds.nc";
  private static final String GRIB = "era5-2mt-2019-03-uk.grib";
  private static final String ZARR = "era5-2mt-2019-03-uk.zarr";

  @TempDir Path temp;

  @ParameterizedTest
  @ValueSource(strings = {GRIB, ZARR})
  void shouldReadTheCheckValues(String file) {
    RecordedFieldsTest.checkValues(file);
  }

  @ParameterizedTest
  @ValueSource(strings = {GRIB, ZARR, "era5-2mt-2019-03-uk-legacy.nc"})
  void shouldAgreeWithTheDownloadOfTodayInEverything(String file) {
    try (RecordedFields cds = RecordedFields.open(DATA.resolve(CDS));
        RecordedFields other = RecordedFields.open(DATA.resolve(file))) {
      RecordedField a = cds.variable("t2m");
      RecordedField b = other.variable("t2m");
      assertThat(b.grid()).isEqualTo(a.grid());
      assertThat(b.channel()).isEqualTo(a.channel()).isEqualTo(new Channel("t2m", "K"));
    }
    // Half a packing step, and half a float32 step at 280 K.
    assertThat(RecordedValidation.largestDifference(DATA.resolve(CDS), DATA.resolve(file), "t2m"))
        .isLessThanOrEqualTo(0.5e-3 + 1.6e-5);
  }

  @ParameterizedTest
  @CsvSource({
    GRIB + ",t2m", GRIB + ",2t", GRIB + ",167", GRIB + ",2m_temperature",
    ZARR + ",t2m", ZARR + ",2t", ZARR + ",167", ZARR + ",2m_temperature",
    CDS + ",t2m", CDS + ",2t", CDS + ",167", CDS + ",2m_temperature"
  })
  void shouldFindAVariableByAnyOfItsNames(String file, String name) {
    try (RecordedFields fields = RecordedFields.open(DATA.resolve(file))) {
      assertThat(fields.variable(name).channel()).isEqualTo(new Channel("t2m", "K"));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {GRIB, ZARR})
  void shouldNameTheFieldsThereAreWhenVariableIsMissing(String file) {
    try (RecordedFields fields = RecordedFields.open(DATA.resolve(file))) {
      assertThatThrownBy(() -> fields.variable("u100"))
          .isInstanceOf(RecordedDataException.class)
          .hasMessageContaining("no variable u100; the fields of this file are [");
      assertThatThrownBy(() -> fields.variable("latitude"))
          .hasMessageContaining("not a field over time on a latitude-longitude grid");
    }
  }

  @Test
  void shouldReadSeveralVariablesOfAGenuineOlderDownload() {
    try (RecordedFields fields = RecordedFields.open(DATA.resolve("era5-berlin-2017-legacy.nc"))) {
      assertThat(fields.variables()).contains("u100", "v100", "u10", "v10", "t2m");
      RecordedField wind = fields.variable("100u");
      assertThat(wind.channel()).isEqualTo(new Channel("u100", "m s**-1"));
      assertThat(wind.timeCount()).isEqualTo(365 * 24);
      for (int t = 0; t < wind.timeCount(); t++) {
        for (float u : wind.slice(t)) {
          assertThat(u).isBetween(-60f, 60f);
        }
      }
    }
  }

  @Test
  void shouldPutSeveralVariablesIntoTheChannelsOfOneFrame() {
    try (RecordedFields fields = RecordedFields.open(DATA.resolve("era5-berlin-2017-legacy.nc"))) {
      RecordedField u = fields.variable("u100");
      RecordedField v = fields.variable("v100");
      TileSeries wind =
          new TileSeries(
              "wind",
              "berlin",
              List.of(u, v),
              new Tile(0, 1, 2, 2),
              Long.MIN_VALUE,
              Long.MAX_VALUE);
      assertThat(wind.environmentId()).isEqualTo("wind/berlin");
      assertThat(wind.shape().channels()).isEqualTo(2);
      assertThat(wind.channels()).extracting(Channel::name).containsExactly("u100", "v100");
      float[] values = wind.snapshots(5000).next().values();
      assertThat(Arrays.copyOf(values, 4)).containsExactly(u.slice(5000, 0, 1, 2, 2));
      assertThat(Arrays.copyOfRange(values, 4, 8)).containsExactly(v.slice(5000, 0, 1, 2, 2));
      try (RecordedFields uk = RecordedFields.open(DATA.resolve(CDS))) {
        RecordedField t2m = uk.variable("t2m");
        assertThatThrownBy(
                () -> new TileSeries("s", "n", List.of(u, t2m), new Tile(0, 0, 2, 2), 0, 1))
            .isInstanceOf(RecordedDataException.class)
            .hasMessageContaining("variable t2m: expected the grid and the 8760 times of variable");
      }
    }
  }

  @Test
  void shouldJoinFilesOfDifferentFormatsAndReportTheGapBetweenThem() throws IOException {
    byte[] grib = Files.readAllBytes(DATA.resolve(GRIB));
    int message = grib.length / 744;
    Path firstDay = Files.write(temp.resolve("1.grib"), Arrays.copyOf(grib, 24 * message));
    try (RecordedFields first = RecordedFields.open(firstDay);
        RecordedFields whole = RecordedFields.open(DATA.resolve(ZARR))) {
      Tile tile = new Tile(8, 20, 16, 16);
      long start = whole.variable("t2m").timeMillis(0);
      long hour = 3_600_000;
      FieldSeries morning = new TileSeries("era5-uk", first.variable("167"), tile);
      FieldSeries next =
          new TileSeries("era5-uk", whole.variable("167"), tile, start + 24 * hour, Long.MAX_VALUE);
      FieldSeries joined = JoinedSeries.of(List.of(morning, next));
      assertThat(joined.length()).isEqualTo(744);
      assertThat(joined.snapshots(24).next().eventTimeMillis()).isEqualTo(start + 24 * hour);
      FieldSeries late =
          new TileSeries("era5-uk", whole.variable("167"), tile, start + 25 * hour, Long.MAX_VALUE);
      assertThatThrownBy(() -> JoinedSeries.of(List.of(morning, late)))
          .hasMessageContaining(
              "expected part 2 to begin at 2019-03-02T00:00:00Z, where part 1 ends, found"
                  + " 2019-03-02T01:00:00Z");
    }
  }

  @Test
  void shouldReportTheHourThatIsMissingInsideAFile() throws IOException {
    byte[] grib = Files.readAllBytes(DATA.resolve(GRIB));
    int message = grib.length / 744;
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(grib, 0, 5 * message);
    out.write(grib, 6 * message, 5 * message);
    Path gap = Files.write(temp.resolve("gap.grib"), out.toByteArray());
    try (RecordedFields fields = RecordedFields.open(gap)) {
      RecordedField field = fields.variable("t2m");
      assertThatThrownBy(() -> new TileSeries("era5-uk", field, new Tile(0, 0, 16, 16)))
          .isInstanceOf(RecordedDataException.class)
          .hasMessageContaining(
              "every 3600000 ms, found a step of 7200000 ms from 2019-03-01T04:00:00Z to 2019-03-01T06:00:00Z");
    }
  }

  /** Copies a Zarr store so that a test may damage it. */
  static Path copyStore(Path target) throws IOException {
    try (Stream<Path> files = Files.walk(DATA.resolve(ZARR))) {
      for (Path file : files.toList()) {
        Path copy = target.resolve(DATA.resolve(ZARR).relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(copy);
        } else {
          Files.copy(file, copy);
        }
      }
    }
    return target;
  }
}
