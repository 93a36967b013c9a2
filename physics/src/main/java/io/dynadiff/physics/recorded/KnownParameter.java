package io.dynadiff.physics.recorded;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A quantity that different formats call by different names; the list is parameters.csv.
 *
 * @param id ECMWF's parameter id, for example 167
 * @param shortName ECMWF's short name, for example 2t
 * @param name name in NetCDF files, for example t2m; the one this project uses
 * @param longName name in ARCO-ERA5, for example 2m_temperature
 * @param unit unit as ECMWF writes it
 * @param grib2 discipline-category-number-surface-level, * for any level, - where unknown
 */
record KnownParameter(
    int id, String shortName, String name, String longName, String unit, String grib2) {
  private static final List<KnownParameter> ALL = read();

  /** The quantity that goes by a name, short name, long name or parameter id. */
  static Optional<KnownParameter> called(String name) {
    return ALL.stream()
        .filter(
            p ->
                p.name.equals(name)
                    || p.shortName.equals(name)
                    || p.longName.equals(name)
                    || Integer.toString(p.id).equals(name))
        .findFirst();
  }

  /** The quantity of an ECMWF parameter id. */
  static Optional<KnownParameter> withId(int id) {
    return ALL.stream().filter(p -> p.id == id).findFirst();
  }

  /** The quantity of a GRIB-2 product on a surface. */
  static Optional<KnownParameter> ofGrib2(String product, int surface, double level) {
    String exact = product + "-" + surface + "-" + (long) level;
    String anyLevel = product + "-" + surface + "-*";
    return ALL.stream()
        .filter(p -> level == Math.rint(level) && p.grib2.equals(exact) || p.grib2.equals(anyLevel))
        .findFirst();
  }

  private static List<KnownParameter> read() {
    try (InputStream in = KnownParameter.class.getResourceAsStream("parameters.csv")) {
      if (in == null) {
        throw new IllegalStateException("resource parameters.csv is missing from the class path");
      }
      BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
      List<KnownParameter> all = new ArrayList<>();
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (!line.isBlank() && !line.startsWith("#")) {
          String[] c = line.split(",");
          all.add(new KnownParameter(Integer.parseInt(c[0].trim()), c[1], c[2], c[3], c[4], c[5]));
        }
      }
      return List.copyOf(all);
    } catch (IOException e) {
      throw new UncheckedIOException("resource parameters.csv cannot be read", e);
    }
  }
}
