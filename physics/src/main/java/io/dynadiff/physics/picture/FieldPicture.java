package io.dynadiff.physics.picture;

import io.dynadiff.physics.field.Channel;
import io.dynadiff.physics.field.Coordinates;
import io.dynadiff.physics.field.Grid;
import java.awt.Color;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.AffineTransform;
import java.awt.image.BufferedImage;

/**
 * How the fields of one channel are drawn: one block of pixels per grid point, y upwards, axes with
 * coordinates, a colour bar with the unit.
 *
 * <p>Latitude-longitude grids are drawn with degrees of longitude shortened by the cosine of the
 * middle latitude. Pictures are made in memory; no screen is needed. Thread-safe.
 *
 * @param grid where the values lie
 * @param channel what they are
 * @param colours the colour map
 * @param range what its ends stand for
 * @param longestSide pixels of the longer side of the field itself, about; 16 to 4096
 */
public record FieldPicture(
    Grid grid, Channel channel, ColourMap colours, ValueRange range, int longestSide) {
  private static final int LEFT = 78;
  private static final int RIGHT = 118;
  private static final int TOP = 42;
  private static final int BOTTOM = 58;
  private static final int BAR_GAP = 18;
  private static final int BAR_WIDTH = 20;
  private static final int TICK = 5;
  private static final Color INK = new Color(0x222222);
  private static final Font TEXT = new Font(Font.SANS_SERIF, Font.PLAIN, 15);
  private static final Font TITLE = new Font(Font.SANS_SERIF, Font.BOLD, 16);

  public FieldPicture {
    if (longestSide < 16 || longestSide > 4096) {
      throw new IllegalArgumentException(
          "field picture: expected a longest side from 16 to 4096 pixels, found " + longestSide);
    }
  }

  /**
   * The field alone, one pixel per grid point, the northernmost or highest row first.
   *
   * @param values [y, x]; NaN is drawn dark grey
   */
  public BufferedImage pixels(float[] values) {
    if (values.length != grid.height() * grid.width()) {
      throw new IllegalArgumentException(
          "field picture: expected "
              + grid.height()
              + " x "
              + grid.width()
              + " values, found "
              + values.length);
    }
    BufferedImage image =
        new BufferedImage(grid.width(), grid.height(), BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < grid.height(); y++) {
      int row = grid.spacingY() > 0 ? grid.height() - 1 - y : y;
      for (int x = 0; x < grid.width(); x++) {
        int column = grid.spacingX() > 0 ? x : grid.width() - 1 - x;
        image.setRGB(x, y, colours.rgb(range.fraction(values[row * grid.width() + column])));
      }
    }
    return image;
  }

  /**
   * The field with title, axes and colour bar.
   *
   * @param title one line above the field
   * @param values [y, x]; NaN is drawn dark grey
   */
  public BufferedImage draw(String title, float[] values) {
    BufferedImage field = pixels(values);
    double aspect = aspect();
    double tall = grid.height();
    double wide = grid.width() * aspect;
    double zoom = longestSide / Math.max(tall, wide);
    // Whole pixels per grid point where the sides allow it, so that all blocks are equal.
    if (aspect == 1 && zoom > 1) {
      zoom = Math.round(zoom);
    }
    int width = (int) Math.round(wide * zoom);
    int height = (int) Math.round(tall * zoom);
    BufferedImage picture =
        new BufferedImage(LEFT + width + RIGHT, TOP + height + BOTTOM, BufferedImage.TYPE_INT_RGB);
    Graphics2D g = picture.createGraphics();
    g.setRenderingHint(
        RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
    g.setColor(Color.WHITE);
    g.fillRect(0, 0, picture.getWidth(), picture.getHeight());
    g.drawImage(field, LEFT, TOP, width, height, null);
    g.setColor(INK);
    g.drawRect(LEFT - 1, TOP - 1, width + 1, height + 1);
    g.setFont(TITLE);
    g.drawString(title, LEFT, TOP - 15);
    g.setFont(TEXT);
    drawAxes(g, width, height);
    drawBar(g, LEFT + width + BAR_GAP, height);
    g.dispose();
    return picture;
  }

  private double aspect() {
    double ratio = Math.abs(grid.spacingX() / grid.spacingY());
    return grid.coordinates() == Coordinates.LATITUDE_LONGITUDE
        ? ratio * Math.cos(Math.toRadians(grid.centreY()))
        : ratio;
  }

  private void drawAxes(Graphics2D g, int width, int height) {
    FontMetrics metrics = g.getFontMetrics();
    boolean map = grid.coordinates() == Coordinates.LATITUDE_LONGITUDE;
    double stepX = Math.abs(grid.spacingX());
    double stepY = Math.abs(grid.spacingY());
    // Blocks reach half a step beyond the outermost points.
    double west = grid.centreX() - grid.width() * stepX / 2;
    double south = grid.centreY() - grid.height() * stepY / 2;
    Ticks xs = Ticks.between(west, west + grid.width() * stepX, Math.max(2, width / 64));
    for (double value : xs.values()) {
      int at = LEFT + (int) Math.round((value - west) / (grid.width() * stepX) * width);
      g.drawLine(at, TOP + height, at, TOP + height + TICK);
      String text = map ? degrees(xs, value, "E", "W") : xs.text(value);
      g.drawString(text, at - metrics.stringWidth(text) / 2, TOP + height + TICK + 16);
    }
    Ticks ys = Ticks.between(south, south + grid.height() * stepY, Math.max(2, height / 60));
    for (double value : ys.values()) {
      int at = TOP + height - (int) Math.round((value - south) / (grid.height() * stepY) * height);
      g.drawLine(LEFT - 1 - TICK, at, LEFT - 1, at);
      String text = map ? degrees(ys, value, "N", "S") : ys.text(value);
      g.drawString(text, LEFT - TICK - 5 - metrics.stringWidth(text), at + 5);
    }
    String x = map ? "longitude" : "x" + unit(grid.unit());
    String y = map ? "latitude" : "y" + unit(grid.unit());
    g.drawString(x, LEFT + (width - metrics.stringWidth(x)) / 2, TOP + height + 46);
    drawUpwards(g, y, 20, TOP + height / 2);
  }

  private void drawBar(Graphics2D g, int left, int height) {
    for (int y = 0; y < height; y++) {
      g.setColor(new Color(colours.rgb(1 - (y + 0.5) / height)));
      g.fillRect(left, TOP + y, BAR_WIDTH, 1);
    }
    g.setColor(INK);
    g.drawRect(left - 1, TOP - 1, BAR_WIDTH + 1, height + 1);
    Ticks ticks = Ticks.between(range.lowest(), range.highest(), Math.max(2, height / 60));
    for (double value : ticks.values()) {
      int at = TOP + height - (int) Math.round(range.fraction(value) * height);
      g.drawLine(left + BAR_WIDTH, at, left + BAR_WIDTH + TICK, at);
      g.drawString(ticks.text(value), left + BAR_WIDTH + TICK + 4, at + 5);
    }
    drawUpwards(g, channel.name() + unit(channel.unit()), left + RIGHT - 28, TOP + height / 2);
  }

  private static void drawUpwards(Graphics2D g, String text, int baseline, int middle) {
    AffineTransform before = g.getTransform();
    g.rotate(-Math.PI / 2, baseline, middle);
    g.drawString(text, baseline - g.getFontMetrics().stringWidth(text) / 2, middle);
    g.setTransform(before);
  }

  private static String unit(String unit) {
    return unit.equals("1") ? "" : " (" + unit + ")";
  }

  private static String degrees(Ticks ticks, double value, String positive, String negative) {
    String side = value == 0 ? "" : " " + (value > 0 ? positive : negative);
    return ticks.text(Math.abs(value)) + "\u00b0" + side;
  }
}
