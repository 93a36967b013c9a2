package io.dynadiff.physics.field;

/**
 * One physical quantity of a field.
 *
 * @param name name of the quantity, not blank
 * @param unit unit in UDUNITS notation, not blank; 1 where dimensionless
 */
public record Channel(String name, String unit) {

  public Channel {
    Text.requireText("channel name", name);
    Text.requireText("channel unit", unit);
  }
}
