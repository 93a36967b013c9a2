package io.dynadiff.physics.recorded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GribArrayFileTest {
  private static final Path UK = Path.of("..", "data", "era5-2mt-2019-03-uk.grib");

  @TempDir Path temp;

  private final GribFileWriter writer = new GribFileWriter();

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void shouldReadTimesGridAndValuesOfBothEditions(int edition) throws IOException {
    writer.edition = edition;
    Path file = temp.resolve("a.grib");
    for (int hour : new int[] {1, 0, 2}) { // out of order in the file
      writer.forecastHours = hour;
      writer.packed[0] = 100 + hour;
      writer.append(file);
    }
    try (RecordedFields fields = RecordedFields.open(file)) {
      assertThat(fields.variables()).containsExactly("t2m");
      RecordedField field = fields.variable("t2m");
      assertThat(field.channel().unit()).isEqualTo("K");
      assertThat(field.timeCount()).isEqualTo(3);
      assertThat(Instant.ofEpochMilli(field.timeMillis(1))).isEqualTo("2018-01-01T01:00:00Z");
      assertThat(field.grid().originY()).isEqualTo(60);
      assertThat(field.grid().spacingY()).isEqualTo(-0.5);
      assertThat(field.grid().originX()).isEqualTo(10);
      assertThat(field.grid().spacingX()).isEqualTo(0.5);
      assertThat(field.slice(2))
          .containsExactly(
              251f, 200.5f, 201f, 201.5f, 202f, 202.5f, 203f, 203.5f, 204f, 204.5f, 205f, 205.5f);
      assertThat(field.slice(0)[0]).isEqualTo(250f);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void shouldNameThePointThatTheBitmapLeavesOut(int edition) throws IOException {
    writer.edition = edition;
    writer.packed[5] = -1;
    Path file = temp.resolve("a.grib");
    writer.append(file);
    try (RecordedFields fields = RecordedFields.open(file)) {
      RecordedField field = fields.variable("t2m");
      assertThatThrownBy(() -> field.slice(0))
          .isInstanceOf(RecordedDataException.class)
          .hasMessageContaining("row 1 (59.500), column 1 (10.500)");
      assertThat(field.slice(0, 1, 2, 2, 2)).containsExactly(203f, 203.5f, 205f, 205.5f);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void shouldPutNorthFirstWhenTheFileBeginsInTheSouth(int edition) throws IOException {
    writer.edition = edition;
    writer.firstLatitude = -59;
    writer.lastLatitude = -58;
    writer.scanning = 0x40;
    Path file = temp.resolve("a.grib");
    writer.append(file);
    try (RecordedFields fields = RecordedFields.open(file)) {
      RecordedField field = fields.variable("t2m");
      assertThat(field.grid().originY()).isEqualTo(-58);
      assertThat(field.grid().spacingY()).isEqualTo(-0.5);
      assertThat(field.slice(0, 0, 0, 2, 4))
          .containsExactly(204f, 204.5f, 205f, 205.5f, 202f, 202.5f, 203f, 203.5f);
    }
  }

  @Test
  void shouldGoOnBeyondTheSeamWhenARegionLiesAcrossGreenwich() throws IOException {
    writer.firstLongitude = 359;
    writer.lastLongitude = 0.5;
    Path file = temp.resolve("a.grib");
    writer.append(file);
    try (RecordedFields fields = RecordedFields.open(file)) {
      assertThat(fields.variable("t2m").grid().originX()).isEqualTo(359);
      assertThat(fields.variable("t2m").grid().spacingX()).isEqualTo(0.5);
    }
  }

  @ParameterizedTest
  @CsvSource({"350, -9.25", "-10, -9.25", "180, -179.25", "0, 0.75"})
  void shouldNameTheCentreOfATileAlikeInBothConventions(double first, double centre)
      throws IOException {
    writer.firstLongitude = first;
    writer.lastLongitude = first + 1.5;
    Path file = temp.resolve("a.grib");
    writer.append(file);
    writer.forecastHours = 1;
    writer.append(file);
    try (RecordedFields fields = RecordedFields.open(file)) {
      TileSeries tile = new TileSeries("s", fields.variable("t2m"), new Tile(0, 0, 3, 4));
      assertThat(tile.conditions(0).get(1).value()).isEqualTo(centre);
    }
  }

  @Test
  void shouldTellQuantitiesAndLevelsApart() throws IOException {
    Path file = temp.resolve("a.grib");
    writer.category = 2;
    writer.number = 2;
    writer.level = 100;
    writer.append(file); // 100 m wind
    writer.surface = 100;
    writer.level = 50_000;
    writer.append(file); // wind at 500 hPa
    writer.level = 85_000;
    writer.append(file);
    writer.category = 19;
    writer.append(file); // nothing this project knows
    try (RecordedFields fields = RecordedFields.open(file)) {
      assertThat(fields.variables()).containsExactly("u100", "u_500", "u_850", "p0-19-2");
      assertThat(fields.variable("228246").channel().name()).isEqualTo("u100");
      assertThat(fields.variable("p0-19-2").channel().unit()).isEqualTo("unknown");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1 | 50 | 0 | 0 | regular latitude-longitude grid (type 0), found type 50",
        "2 | 40 | 0 | 0 | regular latitude-longitude grid (template 0), found template 40",
        "1 | 0 | 4 | 0 | simple packing of grid points",
        "2 | 0 | 42 | 0 | packingType=grid_simple",
        "1 | 0 | 0 | 128 | scanning mode 128",
        "2 | 0 | 0 | 32 | scanning mode 32",
      })
  void shouldRefuseWhatItDoesNotReadInOneLine(
      int edition, int grid, int packing, int scanning, String message) throws IOException {
    writer.edition = edition;
    writer.gridTemplate = grid;
    writer.packingTemplate = packing;
    writer.scanning = scanning;
    Path file = temp.resolve("a.grib");
    writer.append(file);
    assertThatThrownBy(() -> RecordedFields.open(file).close())
        .isInstanceOf(RecordedDataException.class)
        .hasMessageContaining("a.grib: GRIB message at byte 0: expected")
        .hasMessageContaining(message)
        .hasMessageNotContaining("\n");
  }

  @Test
  void shouldRefuseTheSameTimeTwiceAndGridsThatChange() throws IOException {
    Path twice = temp.resolve("twice.grib");
    writer.append(twice);
    writer.append(twice);
    try (RecordedFields fields = RecordedFields.open(twice)) {
      assertThatThrownBy(() -> fields.variable("t2m"))
          .hasMessageContaining("increasing times, found 2018-01-01T00:00:00Z");
    }
    Path changed = temp.resolve("changed.grib");
    writer.append(changed);
    writer.firstLongitude = 9.5;
    writer.lastLongitude = 11;
    writer.append(changed);
    assertThatThrownBy(() -> RecordedFields.open(changed).close())
        .hasMessageContaining("variable t2m: expected one grid, found 3 x 4 points");
  }

  @Test
  void shouldRefuseTruncatedAndForeignBytes() throws IOException {
    byte[] bytes = Arrays.copyOf(Files.readAllBytes(UK), 10 * 3360);
    for (int length : List.of(12, 100, 3341, 3360 + 5, 5 * 3360 + 2000)) {
      Path cut = Files.write(temp.resolve("cut.grib"), Arrays.copyOf(bytes, length));
      assertThatThrownBy(() -> RecordedFields.open(cut).close())
          .as("%d bytes", length)
          .isInstanceOf(RecordedDataException.class)
          .hasMessageContaining("cut.grib")
          .hasMessageContaining("truncated");
    }
    Path foreign = temp.resolve("foreign.grib");
    writer.append(foreign);
    Files.writeString(foreign, "<html>not found</html>", StandardOpenOption.APPEND);
    assertThatThrownBy(() -> RecordedFields.open(foreign).close())
        .hasMessageContaining("expected the word GRIB, found '<htm'");
  }

  @Test
  void shouldFailOnlyWithItsOwnExceptionWhenBytesAreFlipped() throws IOException {
    byte[] good = Arrays.copyOf(Files.readAllBytes(UK), 4 * 3360);
    writer.append(temp.resolve("two.grib"));
    byte[] second = Files.readAllBytes(temp.resolve("two.grib"));
    Random random = new Random(5);
    int refused = 0;
    for (int round = 0; round < 300; round++) {
      byte[] bad = (round % 2 == 0 ? good : second).clone();
      int header = round % 2 == 0 ? 110 : bad.length;
      bad[4 + random.nextInt(header - 4)] = (byte) random.nextInt();
      Path file = Files.write(temp.resolve("bad.grib"), bad);
      try (RecordedFields fields = RecordedFields.open(file)) {
        for (String name : fields.variables()) {
          fields.variable(name).slice(0);
        }
      } catch (RecordedDataException e) {
        refused++;
      }
    }
    assertThat(refused).isPositive();
  }
}
