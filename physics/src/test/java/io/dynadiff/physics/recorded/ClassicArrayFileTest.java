package io.dynadiff.physics.recorded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Small synthetic NetCDF-3 files: packing, records, gaps, bad axes, damage. */
class ClassicArrayFileTest {
  @TempDir Path temp;

  private final ClassicFileWriter writer = new ClassicFileWriter();

  @Test
  void shouldReadFixedAndRecordLayoutsAlike() throws IOException {
    for (boolean record : new boolean[] {false, true}) {
      writer.recordTime = record;
      try (RecordedFields fields = RecordedFields.open(writer.write(temp.resolve("a.nc")))) {
        RecordedField field = fields.variable("t");
        assertThat(field.timeCount()).isEqualTo(3);
        assertThat(field.timeMillis(1)).isEqualTo(946_684_800_000L + 3_600_000);
        assertThat(field.slice(2, 1, 1, 2, 2)).containsExactly(211, 212, 221, 222);
      }
    }
  }

  @Test
  void shouldUnpackWithScaleAndOffset() throws IOException {
    writer.packed = true;
    writer.attributes.put("scale_factor", 0.5);
    writer.attributes.put("add_offset", 273.0);
    writer.attributes.put("_FillValue", -32767.0);
    try (RecordedFields fields = RecordedFields.open(writer.write(temp.resolve("a.nc")))) {
      assertThat(fields.variable("t").slice(1, 2, 1, 1, 2)).containsExactly(333.5f, 334f);
    }
  }

  @Test
  void shouldCompareFillBeforeUnpacking() throws IOException {
    // 120 is the raw number of time 1, row 2, column 0; unpacked it would be 393.
    writer.packed = true;
    writer.attributes.put("add_offset", 273.0);
    writer.attributes.put("_FillValue", 120.0);
    try (RecordedFields fields = RecordedFields.open(writer.write(temp.resolve("a.nc")))) {
      RecordedField field = fields.variable("t");
      assertThat(field.slice(0)).hasSize(12);
      assertThatThrownBy(() -> field.slice(1))
          .hasMessageContaining("variable t")
          .hasMessageContaining("2000-01-01T01:00:00Z")
          .hasMessageContaining("row 2 (51.000)")
          .hasMessageContaining("fill value");
      assertThat(field.slice(1, 0, 0, 2, 3)).as("tiles beside the gap stay usable").hasSize(6);
    }
  }

  @Test
  void shouldRefuseNaNNamingThePlace() throws IOException {
    writer.values[13] = Double.NaN;
    try (RecordedFields fields = RecordedFields.open(writer.write(temp.resolve("a.nc")))) {
      assertThatThrownBy(() -> fields.variable("t").slice(1))
          .hasMessageContaining("NaN")
          .hasMessageContaining("column 1 (0.500)");
    }
  }

  @Test
  void shouldRefuseIrregularAxes() throws IOException {
    writer.latitudes[2] = 50.9;
    Path irregular = writer.write(temp.resolve("a.nc"));
    try (RecordedFields fields = RecordedFields.open(irregular)) {
      assertThatThrownBy(() -> fields.variable("t"))
          .hasMessageContaining("axis latitude")
          .hasMessageContaining("regular spacing");
    }
  }

  @Test
  void shouldRefuseUnorderedTimesAndGapsInASpan() throws IOException {
    writer.times = new double[] {0, 2, 1};
    try (RecordedFields fields = RecordedFields.open(writer.write(temp.resolve("a.nc")))) {
      assertThatThrownBy(() -> fields.variable("t")).hasMessageContaining("increasing times");
    }
    writer.times = new double[] {0, 1, 3};
    try (RecordedFields fields = RecordedFields.open(writer.write(temp.resolve("b.nc")))) {
      RecordedField field = fields.variable("t");
      assertThatThrownBy(() -> new TileSeries("s", field, new Tile(0, 0, 2, 2)))
          .hasMessageContaining("7200000 ms")
          .hasMessageContaining("2000-01-01T03:00:00Z");
    }
  }

  @Test
  void shouldRefuseTimesItDoesNotUnderstand() throws IOException {
    writer.timeUnits = "fortnights since 2000-01-01";
    try (RecordedFields fields = RecordedFields.open(writer.write(temp.resolve("a.nc")))) {
      assertThatThrownBy(() -> fields.variable("t")).hasMessageContaining("fortnights");
    }
    writer.timeUnits = "days since 2000-01-01";
    writer.calendar = "360_day";
    try (RecordedFields fields = RecordedFields.open(writer.write(temp.resolve("b.nc")))) {
      assertThatThrownBy(() -> fields.variable("t")).hasMessageContaining("360_day");
    }
  }

  @Test
  void shouldFailOnlyWithItsOwnExceptionWhenBytesAreFlipped() throws IOException {
    byte[] good = Files.readAllBytes(writer.write(temp.resolve("good.nc")));
    Random random = new Random(11);
    int refused = 0;
    for (int round = 0; round < 400; round++) {
      byte[] bad = good.clone();
      bad[4 + random.nextInt(300)] = (byte) random.nextInt();
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
}
