package io.dynadiff.cli.forecasts;

import io.dynadiff.schemas.avro.Channel;
import io.dynadiff.schemas.avro.Coordinates;
import io.dynadiff.schemas.avro.FieldGrid;
import io.dynadiff.schemas.avro.Forecast;
import io.dynadiff.schemas.avro.Tensor;
import io.dynadiff.schemas.tensor.TensorCodec;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Forecasts of one environment as NetCDF-3 after the CF conventions: each quantity is an array
 * [time, lead, y, x], or [time, lead, latitude, longitude] on a geographic grid, in its own unit;
 * with them its spread and its members, where there are some. What a forecast lacks of them is NaN.
 */
final class ForecastFile implements Closeable {

  private static final String TIME = "time";
  private static final String LEAD = "lead";
  private static final String MEMBER = "member";
  private static final String VALID_TIME = "valid_time";
  private static final String VERSION = "weights_version";
  private static final String SEQUENCE = "sequence";
  private static final String EPOCH = "milliseconds since 1970-01-01 00:00:00";
  private static final List<String> TAKEN =
      List.of(TIME, LEAD, MEMBER, VALID_TIME, VERSION, SEQUENCE, "y", "x", "latitude", "longitude");

  private final ForecastForm form;
  private final int members;
  private final boolean spread;
  private final List<String> names;
  private final ClassicFile file;

  /**
   * Begins a file.
   *
   * @param form of all forecasts that will be appended
   * @param held what they hold
   * @param history how the file is made, in one line
   */
  ForecastFile(
      Path path, String environmentId, ForecastForm form, ForecastSurvey.Group held, String history)
      throws IOException {
    this.form = form;
    members = held.members();
    spread = held.spread();
    names = form.channels().stream().map(channel -> variableName(channel.getName())).toList();
    boolean geographic = form.grid().getCoordinates() == Coordinates.LATITUDE_LONGITUDE;
    String rows = geographic ? "latitude" : "y";
    String columns = geographic ? "longitude" : "x";
    Map<String, Integer> lengths = new LinkedHashMap<>();
    lengths.put(LEAD, form.leadSteps().size());
    if (members > 0) {
      lengths.put(MEMBER, members);
    }
    lengths.put(rows, form.grid().getHeight());
    lengths.put(columns, form.grid().getWidth());
    Map<String, Object> attributes = new LinkedHashMap<>();
    attributes.put("Conventions", "CF-1.8");
    attributes.put("title", "Forecasts of " + environmentId);
    attributes.put("source", "dynadiff, bundle " + String.join(", ", held.bundles()));
    attributes.put("history", history);
    attributes.put("system", held.system());
    attributes.put("environment", environmentId);
    attributes.put("run", form.runId());
    attributes.put("periodic", form.grid().getPeriodic() ? 1 : 0);
    file =
        new ClassicFile(
            path,
            TIME,
            lengths,
            variables(geographic, rows, columns),
            attributes,
            axes(rows, columns));
  }

  private List<ClassicFile.Variable> variables(boolean geographic, String rows, String columns) {
    List<ClassicFile.Variable> variables = new ArrayList<>();
    variables.add(
        whole(
            LEAD,
            ClassicFile.Type.DOUBLE,
            List.of(LEAD),
            "standard_name",
            "forecast_period",
            "long_name",
            "time from the issue of a forecast to the time it is for",
            "units",
            "milliseconds"));
    if (members > 0) {
      variables.add(
          whole(
              MEMBER,
              ClassicFile.Type.INT,
              List.of(MEMBER),
              "standard_name",
              "realization",
              "long_name",
              "member of the ensemble, the best on the observed window first",
              "units",
              "1"));
    }
    variables.add(
        axis(rows, geographic ? "degrees_north" : form.grid().getUnit(), geographic, "Y"));
    variables.add(
        axis(columns, geographic ? "degrees_east" : form.grid().getUnit(), geographic, "X"));
    variables.add(
        whole(
            TIME,
            ClassicFile.Type.DOUBLE,
            List.of(TIME),
            "standard_name",
            "forecast_reference_time",
            "long_name",
            "event time of the frame a forecast starts from",
            "units",
            EPOCH,
            "calendar",
            "standard"));
    variables.add(
        whole(
            VALID_TIME,
            ClassicFile.Type.DOUBLE,
            List.of(TIME, LEAD),
            "standard_name",
            "time",
            "long_name",
            "time a forecast is for",
            "units",
            EPOCH,
            "calendar",
            "standard"));
    variables.add(
        whole(
            SEQUENCE,
            ClassicFile.Type.DOUBLE,
            List.of(TIME),
            "long_name",
            "sequence of the frame a forecast starts from",
            "units",
            "1"));
    variables.add(
        whole(
            VERSION,
            ClassicFile.Type.DOUBLE,
            List.of(TIME),
            "long_name",
            "version of the expert; 0 is the bundle's base",
            "units",
            "1"));
    for (int i = 0; i < names.size(); i++) {
      Channel channel = form.channels().get(i);
      variables.add(field(names.get(i), channel, "", List.of(TIME, LEAD, rows, columns)));
      if (spread) {
        variables.add(
            field(
                names.get(i) + "_spread",
                channel,
                ", calibrated standard deviation over the ensemble",
                List.of(TIME, LEAD, rows, columns)));
      }
      if (members > 0) {
        variables.add(
            field(
                names.get(i) + "_members",
                channel,
                ", members as they were rolled out",
                List.of(TIME, MEMBER, LEAD, rows, columns)));
      }
    }
    return variables;
  }

  private static ClassicFile.Variable axis(
      String name, String unit, boolean geographic, String letter) {
    return geographic
        ? whole(
            name,
            ClassicFile.Type.DOUBLE,
            List.of(name),
            "standard_name",
            name,
            "units",
            unit,
            "axis",
            letter)
        : whole(
            name,
            ClassicFile.Type.DOUBLE,
            List.of(name),
            "long_name",
            name + " of the grid",
            "units",
            unit,
            "axis",
            letter);
  }

  private static ClassicFile.Variable field(
      String name, Channel channel, String what, List<String> dimensions) {
    Map<String, Object> attributes = new LinkedHashMap<>();
    attributes.put("long_name", channel.getName() + what);
    attributes.put("units", channel.getUnit());
    attributes.put("coordinates", VALID_TIME);
    attributes.put("_FillValue", Float.NaN);
    return new ClassicFile.Variable(name, ClassicFile.Type.FLOAT, dimensions, attributes);
  }

  private static ClassicFile.Variable whole(
      String name, ClassicFile.Type type, List<String> dimensions, String... attributes) {
    Map<String, Object> all = new LinkedHashMap<>();
    for (int i = 0; i < attributes.length; i += 2) {
      all.put(attributes[i], attributes[i + 1]);
    }
    return new ClassicFile.Variable(name, type, dimensions, all);
  }

  private Map<String, double[]> axes(String rows, String columns) {
    FieldGrid grid = form.grid();
    Map<String, double[]> axes = new HashMap<>();
    axes.put(
        LEAD,
        form.leadSteps().stream().mapToDouble(step -> (double) step * form.intervalMs()).toArray());
    axes.put(MEMBER, IntStream.rangeClosed(1, members).asDoubleStream().toArray());
    axes.put(rows, points(grid.getHeight(), grid.getOriginY(), grid.getSpacingY()));
    axes.put(columns, points(grid.getWidth(), grid.getOriginX(), grid.getSpacingX()));
    return axes;
  }

  private static double[] points(int count, double origin, double spacing) {
    return IntStream.range(0, count).mapToDouble(i -> origin + i * spacing).toArray();
  }

  /**
   * Appends a forecast.
   *
   * @throws IllegalArgumentException if its tensors have another shape than its grid, channels and
   *     leads say
   */
  void append(Forecast forecast) throws IOException {
    Map<String, double[]> values = new HashMap<>();
    double issued = forecast.getIssueTime().toEpochMilli();
    values.put(TIME, new double[] {issued});
    values.put(
        VALID_TIME,
        form.leadSteps().stream()
            .mapToDouble(step -> issued + (double) step * form.intervalMs())
            .toArray());
    values.put(SEQUENCE, new double[] {forecast.getIssueSequence()});
    values.put(VERSION, new double[] {forecast.getWeightsVersion()});
    put(values, "", forecast.getMean(), 1);
    if (spread) {
      put(values, "_spread", forecast.getSpread(), 1);
    }
    if (members > 0) {
      put(values, "_members", forecast.getMemberFields(), members);
    }
    file.append(values);
  }

  /** Splits a tensor [(member,) lead, channel, y, x] into the channels; null is all NaN. */
  private void put(Map<String, double[]> values, String suffix, Tensor tensor, int outer) {
    int points = form.grid().getHeight() * form.grid().getWidth();
    int leads = form.leadSteps().size();
    int channels = names.size();
    float[] elements = tensor == null ? new float[0] : TensorCodec.decode(tensor);
    if (elements.length % (leads * channels * points) != 0
        || elements.length > outer * leads * channels * points) {
      throw new IllegalArgumentException(
          "expected %d leads, %d channels and %d points, found a tensor of shape %s"
              .formatted(leads, channels, points, tensor == null ? "none" : tensor.getShape()));
    }
    for (int channel = 0; channel < channels; channel++) {
      double[] part = new double[outer * leads * points];
      Arrays.fill(part, Double.NaN);
      for (int block = 0; block < elements.length / (channels * points); block++) {
        int from = (block * channels + channel) * points;
        for (int i = 0; i < points; i++) {
          part[block * points + i] = elements[from + i];
        }
      }
      values.put(names.get(channel) + suffix, part);
    }
  }

  /** Names are letters, digits and underscores, and none is that of a coordinate. */
  private static String variableName(String channel) {
    String name = channel.replaceAll("[^A-Za-z0-9_]", "_");
    return TAKEN.contains(name) ? name + "_field" : name;
  }

  @Override
  public void close() throws IOException {
    file.close();
  }

  /** Leaves no file behind. */
  void discard() throws IOException {
    file.discard();
  }
}
