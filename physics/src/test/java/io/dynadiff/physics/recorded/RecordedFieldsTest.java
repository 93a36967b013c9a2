package io.dynadiff.physics.recorded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.dynadiff.physics.field.Coordinates;
import io.dynadiff.physics.field.Grid;
import io.dynadiff.physics.field.Snapshot;
import io.dynadiff.physics.validation.RecordedValidation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Reads the two recorded files of the repository's data folder. */
class RecordedFieldsTest {
  private static final Path DATA = Path.of("..", "data");
  private static final String CDS = "era5-2mt-2019-03-uk-cds.nc";
  private static final String LEGACY = "era5-2mt-2019-03-uk-legacy.nc";

  @TempDir Path temp;

  @ParameterizedTest
  @ValueSource(strings = {CDS, LEGACY})
  void shouldReadTheCheckValues(String file) {
    try (RecordedFields fields = RecordedFields.open(DATA.resolve(file))) {
      assertThat(fields.variables()).containsExactly("t2m");
      RecordedField field = fields.variable("t2m");
      assertThat(field.channel().unit()).isEqualTo("K");
      assertThat(field.grid())
          .isEqualTo(
              new Grid(
                  33, 49, 58, -10, -0.25, 0.25, "degrees", Coordinates.LATITUDE_LONGITUDE, false));
      assertThat(field.timeCount()).isEqualTo(744);
      assertThat(instant(field, 0)).isEqualTo("2019-03-01T00:00:00Z");
      assertThat(instant(field, 743)).isEqualTo("2019-03-31T23:00:00Z");
    }
    checkValues(file);
  }

  @Test
  void shouldAgreeWithinPackingBetweenBothFormats() {
    // Half the legacy file's scale_factor, and half a float32 step at 280 K.
    assertThat(RecordedValidation.largestDifference(DATA.resolve(CDS), DATA.resolve(LEGACY), "t2m"))
        .isLessThanOrEqualTo(0.5 * 3.949e-4 + 1.6e-5);
  }

  @Test
  void shouldStreamATileWithItsOwnGridTimesAndConditions() {
    try (RecordedFields fields = RecordedFields.open(DATA.resolve(CDS))) {
      RecordedField field = fields.variable("t2m");
      long from = Instant.parse("2019-03-21T00:00:00Z").toEpochMilli();
      long to = Instant.parse("2019-03-22T00:00:00Z").toEpochMilli();
      TileSeries tile = new TileSeries("era5-uk", field, Tile.named("r17c33", 16, 16), from, to);
      assertThat(tile.environmentId()).isEqualTo("era5-uk/r17c33");
      assertThat(tile.shape().size()).isEqualTo(256);
      assertThat(tile.length()).isEqualTo(24);
      assertThat(tile.intervalMillis()).isEqualTo(3_600_000);
      assertThat(tile.grid().originY()).isEqualTo(58 - 17 * 0.25);
      assertThat(tile.grid().originX()).isEqualTo(-10 + 33 * 0.25);
      assertThat(tile.conditions(0).get(0).value()).isCloseTo(51.875, within(1e-9));
      assertThat(tile.conditions(0).get(1).value()).isCloseTo(0.125, within(1e-9));

      Iterator<Snapshot> snapshots = tile.snapshots(20);
      Snapshot first = snapshots.next();
      assertThat(first.eventTimeMillis()).isEqualTo(from + 20 * 3_600_000L);
      float[] whole = field.slice(20 * 24 + 20);
      for (int y = 0; y < 16; y++) {
        assertThat(Arrays.copyOfRange(first.values(), y * 16, y * 16 + 16))
            .containsExactly(Arrays.copyOfRange(whole, (17 + y) * 49 + 33, (17 + y) * 49 + 49));
      }
      snapshots.next();
      snapshots.next();
      snapshots.next();
      assertThat(snapshots.hasNext()).isFalse();
    }
  }

  @Test
  void shouldNameTheFieldsThereAreWhenVariableIsMissing() {
    try (RecordedFields fields = RecordedFields.open(DATA.resolve(CDS))) {
      assertThatThrownBy(() -> fields.variable("u100"))
          .isInstanceOf(RecordedDataException.class)
          .hasMessageContaining("no variable u100")
          .hasMessageContaining("[t2m]");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"expver", "latitude", "number"})
  void shouldSayWhatIsWrongWhenVariableIsNotAGrid(String name) {
    try (RecordedFields fields = RecordedFields.open(DATA.resolve(CDS))) {
      assertThatThrownBy(() -> fields.variable(name))
          .hasMessageContaining("not a field over time on a latitude-longitude grid")
          .hasMessageContaining("[t2m]");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {CDS, LEGACY})
  void shouldRefuseTruncatedFilesWhenOpened(String file) throws IOException {
    byte[] bytes = Files.readAllBytes(DATA.resolve(file));
    for (int length : List.of(16, 100, 400, bytes.length / 2, bytes.length - 1)) {
      Path cut = Files.write(temp.resolve("cut.nc"), Arrays.copyOf(bytes, length));
      assertThatThrownBy(() -> RecordedFields.open(cut).close())
          .as("%d bytes", length)
          .isInstanceOf(RecordedDataException.class)
          .hasMessageContaining("cut.nc")
          .hasMessageContaining("truncated");
    }
  }

  @Test
  void shouldFailOnlyWithItsOwnExceptionWhenBytesAreFlipped() throws IOException {
    byte[] good = Files.readAllBytes(DATA.resolve(CDS));
    Random random = new Random(3);
    int refused = 0;
    for (int round = 0; round < 60; round++) {
      byte[] bad = good.clone();
      bad[8 + random.nextInt(16_000)] = (byte) random.nextInt();
      Path file = Files.write(temp.resolve("bad.nc"), bad);
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

  @Test
  void shouldRefuseWhatIsNoNetcdf() throws IOException {
    assertThatThrownBy(() -> RecordedFields.open(temp.resolve("none.nc")))
        .hasMessageContaining("no such file");
    assertThatThrownBy(() -> RecordedFields.open(temp)).hasMessageContaining("directory");
    Path grib = Files.writeString(temp.resolve("a.grib"), "GRIB12345678");
    assertThatThrownBy(() -> RecordedFields.open(grib)).hasMessageContaining("GRIB");
    Path text = Files.writeString(temp.resolve("a.nc"), "hello world");
    assertThatThrownBy(() -> RecordedFields.open(text)).hasMessageContaining("68 65 6c 6c 6f");
    Path empty = Files.write(temp.resolve("e.nc"), new byte[0]);
    assertThatThrownBy(() -> RecordedFields.open(empty)).hasMessageContaining("only 0 bytes");
    Path cdf5 = Files.write(temp.resolve("5.nc"), new byte[] {'C', 'D', 'F', 5, 0, 0, 0, 0});
    assertThatThrownBy(() -> RecordedFields.open(cdf5)).hasMessageContaining("found 5");
  }

  @Test
  void shouldRefuseTilesAndSpansOutsideTheFile() {
    try (RecordedFields fields = RecordedFields.open(DATA.resolve(LEGACY))) {
      RecordedField field = fields.variable("t2m");
      assertThatThrownBy(() -> new TileSeries("era5-uk", field, Tile.named("r18c00", 16, 16)))
          .hasMessageContaining("33 x 49")
          .hasMessageContaining("row 18");
      assertThatThrownBy(
              () -> new TileSeries("era5-uk", field, Tile.named("r00c00", 16, 16), 0, 86_400_000))
          .hasMessageContaining("1970-01-01")
          .hasMessageContaining("2019-03-01T00:00:00Z");
      assertThatThrownBy(() -> Tile.named("top-left", 16, 16)).hasMessageContaining("r00c16");
      assertThatThrownBy(() -> field.slice(744)).hasMessageContaining("744");
    }
  }

  /** The values that the readme of the data names. */
  static void checkValues(String file) {
    RecordedValidation.Content found = RecordedValidation.content(DATA.resolve(file), "t2m");
    assertThat(found.times()).isEqualTo(744);
    assertThat(found.first()).isCloseTo(282.425, within(1e-3));
    assertThat(found.last()).isCloseTo(281.455, within(1e-3));
    assertThat(found.lowest()).isCloseTo(265.680, within(1e-3));
    assertThat(found.highest()).isCloseTo(291.559, within(1e-3));
    assertThat(found.mean()).isCloseTo(280.774, within(1e-3));
  }

  private static String instant(RecordedField field, int time) {
    return Instant.ofEpochMilli(field.timeMillis(time)).toString();
  }
}
