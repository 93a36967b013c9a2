package io.dynadiff.console.state;

import io.dynadiff.schemas.avro.Channel;
import io.dynadiff.schemas.avro.Coordinates;
import io.dynadiff.schemas.avro.FieldFrame;
import io.dynadiff.schemas.avro.FieldGrid;
import java.util.List;

/**
 * The form of an environment's fields. Row y, column x lies at (originY + y * spacingY, originX + x
 * * spacingX).
 *
 * @param geographic whether y is latitude north and x longitude east, in degrees
 * @param unit of both coordinates
 * @param intervalMs event time from one frame to the next
 */
public record Form(
    int height,
    int width,
    double originY,
    double originX,
    double spacingY,
    double spacingX,
    String unit,
    boolean geographic,
    long intervalMs,
    List<Quantity> channels) {

  /** One physical quantity; unit 1 is dimensionless. */
  public record Quantity(String name, String unit) {}

  /** Edges of a geographic grid's cells in degrees. */
  public record Box(double south, double north, double west, double east) {}

  /** The form of a frame's field. */
  public static Form of(FieldFrame frame) {
    FieldGrid grid = frame.getGrid();
    return new Form(
        grid.getHeight(),
        grid.getWidth(),
        grid.getOriginY(),
        grid.getOriginX(),
        grid.getSpacingY(),
        grid.getSpacingX(),
        grid.getUnit(),
        grid.getCoordinates() == Coordinates.LATITUDE_LONGITUDE,
        frame.getIntervalMs(),
        frame.getChannels().stream().map(Form::quantity).toList());
  }

  private static Quantity quantity(Channel channel) {
    return new Quantity(channel.getName(), channel.getUnit());
  }

  /** Where the grid lies on the globe, or null where it does not. */
  Box box() {
    if (!geographic) {
      return null;
    }
    double lastY = originY + (height - 1) * spacingY;
    double lastX = originX + (width - 1) * spacingX;
    double halfY = Math.abs(spacingY) / 2;
    double halfX = Math.abs(spacingX) / 2;
    return new Box(
        Math.min(originY, lastY) - halfY,
        Math.max(originY, lastY) + halfY,
        Math.min(originX, lastX) - halfX,
        Math.max(originX, lastX) + halfX);
  }
}
