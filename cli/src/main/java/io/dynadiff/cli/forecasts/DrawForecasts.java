package io.dynadiff.cli.forecasts;

import io.dynadiff.physics.field.Channel;
import io.dynadiff.physics.field.Coordinates;
import io.dynadiff.physics.field.Grid;
import io.dynadiff.physics.picture.ColourMap;
import io.dynadiff.physics.picture.FieldPicture;
import io.dynadiff.physics.picture.Panels;
import io.dynadiff.physics.picture.ValueRange;
import io.dynadiff.schemas.avro.FieldGrid;
import io.dynadiff.schemas.avro.Forecast;
import io.dynadiff.schemas.tensor.TensorCodec;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import javax.imageio.ImageIO;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code dynadiff forecasts draw}: the newest forecast of an environment as a picture. */
@Command(
    name = "draw",
    mixinStandardHelpOptions = true,
    description =
        "Draw the newest committed forecast of an environment as PNG: the mean at every lead, on one"
            + " colour scale with its unit.",
    footer = {"", "Example:", "  dynadiff forecasts draw era5-uk/r00c00 --output forecast.png"})
final class DrawForecasts implements Callable<Integer> {

  private static final int MOST_COLUMNS = 3;
  private static final int SIDE = 240;

  @Spec private CommandSpec spec;

  @Mixin private EnvironmentToFile made;

  @Option(
      names = "--channel",
      paramLabel = "NAME",
      description = "The quantity to draw (default: the first).")
  private String channel;

  @Override
  public Integer call() {
    return made.run(spec, this::draw);
  }

  private void draw(ForecastTopic forecasts) throws IOException {
    Forecast newest =
        forecasts.newest(1, forecast -> forecast).stream()
            .findFirst()
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "topic "
                            + made.topic()
                            + ": expected forecasts of "
                            + made.environmentId()
                            + ", found none; dynadiff forecasts tail shows what there is"));
    // Given a file, ImageIO would print a stack trace where the folder is missing.
    BufferedImage picture = draw(newest);
    try (OutputStream file = Files.newOutputStream(made.output())) {
      if (!ImageIO.write(picture, "png", file)) {
        throw new IOException("this Java writes no PNG");
      }
    }
    spec.commandLine()
        .getOut()
        .printf(
            "wrote %s, the forecast of %s from %s, %d leads%n",
            made.output(),
            made.environmentId(),
            newest.getIssueTime(),
            newest.getLeadSteps().size());
    spec.commandLine().getOut().flush();
  }

  private BufferedImage draw(Forecast forecast) {
    List<Channel> channels =
        forecast.getChannels().stream().map(c -> new Channel(c.getName(), c.getUnit())).toList();
    int at = channel(channels);
    List<float[]> fields = new ArrayList<>();
    float[] all = TensorCodec.decode(forecast.getMean());
    int leads = forecast.getLeadSteps().size();
    int points = all.length / (leads * channels.size());
    for (int lead = 0; lead < leads; lead++) {
      int from = (lead * channels.size() + at) * points;
      fields.add(Arrays.copyOfRange(all, from, from + points));
    }
    FieldPicture picture =
        new FieldPicture(
            grid(forecast.getGrid()),
            channels.get(at),
            ColourMap.SEQUENTIAL,
            ValueRange.of(fields.toArray(float[][]::new)),
            SIDE);
    List<BufferedImage> panels = new ArrayList<>();
    for (int lead = 0; lead < leads; lead++) {
      Instant valid =
          forecast
              .getIssueTime()
              .plusMillis(forecast.getLeadSteps().get(lead) * forecast.getIntervalMs());
      panels.add(picture.draw(valid.toString(), fields.get(lead)));
    }
    return Panels.inRows(panels, Math.min(MOST_COLUMNS, leads));
  }

  private int channel(List<Channel> channels) {
    if (channel == null) {
      return 0;
    }
    List<String> names = channels.stream().map(Channel::name).toList();
    if (!names.contains(channel)) {
      throw new IllegalArgumentException(
          "--channel: expected one of " + names + ", found " + channel);
    }
    return names.indexOf(channel);
  }

  private static Grid grid(FieldGrid g) {
    return new Grid(
        g.getHeight(),
        g.getWidth(),
        g.getOriginY(),
        g.getOriginX(),
        g.getSpacingY(),
        g.getSpacingX(),
        g.getUnit(),
        Coordinates.valueOf(g.getCoordinates().name()),
        g.getPeriodic());
  }
}
