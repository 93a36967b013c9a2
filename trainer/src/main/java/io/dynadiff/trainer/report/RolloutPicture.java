package io.dynadiff.trainer.report;

import io.dynadiff.physics.picture.ColourMap;
import io.dynadiff.physics.picture.ValueRange;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.AffineTransform;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.Locale;

/**
 * Fields in rows, one row a forecast, and in columns, one column a lead; colours are the same in
 * all rows that share a range.
 */
public final class RolloutPicture {

  private static final int CELL = 132;
  private static final int GAP = 10;
  private static final int LEFT = 44;
  private static final int TOP = 74;
  private static final int BAR = 96;
  private static final int BAR_WIDTH = 14;
  private static final Color INK = new Color(0x222222);
  private static final Font TITLE = new Font(Font.SANS_SERIF, Font.BOLD, 15);
  private static final Font TEXT = new Font(Font.SANS_SERIF, Font.PLAIN, 13);

  /**
   * One row.
   *
   * @param label what it shows
   * @param fields one field for each lead, axes [y, x]
   * @param range what the ends of the colours stand for
   * @param colours the colour map
   */
  public record Row(String label, List<float[]> fields, ValueRange range, ColourMap colours) {}

  private final int height;
  private final int width;
  private final boolean firstRowOnTop;

  /**
   * @param height rows of a field
   * @param width columns of a field
   * @param firstRowOnTop whether the first row of a field is its northernmost; else y points up
   */
  public RolloutPicture(int height, int width, boolean firstRowOnTop) {
    this.height = height;
    this.width = width;
    this.firstRowOnTop = firstRowOnTop;
  }

  /**
   * Draws.
   *
   * @param title one line above
   * @param columns a heading for each lead
   * @param rows at least one row with a field for each heading
   */
  public BufferedImage draw(String title, List<String> columns, List<Row> rows) {
    int zoom = Math.max(1, Math.round((float) CELL / Math.max(height, width)));
    int cellWidth = width * zoom;
    int cellHeight = height * zoom;
    BufferedImage picture =
        new BufferedImage(
            LEFT + columns.size() * (cellWidth + GAP) + BAR,
            TOP + rows.size() * (cellHeight + GAP) + GAP,
            BufferedImage.TYPE_INT_RGB);
    Graphics2D g = picture.createGraphics();
    g.setRenderingHint(
        RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
    g.setColor(Color.WHITE);
    g.fillRect(0, 0, picture.getWidth(), picture.getHeight());
    g.setColor(INK);
    g.setFont(TITLE);
    g.drawString(title, LEFT, 26);
    g.setFont(TEXT);
    for (int column = 0; column < columns.size(); column++) {
      g.drawString(columns.get(column), LEFT + column * (cellWidth + GAP), TOP - 10);
    }
    for (int r = 0; r < rows.size(); r++) {
      Row row = rows.get(r);
      int top = TOP + r * (cellHeight + GAP);
      for (int column = 0; column < row.fields.size(); column++) {
        int left = LEFT + column * (cellWidth + GAP);
        g.drawImage(image(row.fields.get(column), row), left, top, cellWidth, cellHeight, null);
        g.setColor(INK);
        g.drawRect(left - 1, top - 1, cellWidth + 1, cellHeight + 1);
      }
      upwards(g, row.label, LEFT - 16, top + cellHeight / 2);
      bar(g, row, LEFT + columns.size() * (cellWidth + GAP) + 6, top, cellHeight);
    }
    g.dispose();
    return picture;
  }

  private BufferedImage image(float[] field, Row row) {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < height; y++) {
      int from = firstRowOnTop ? y : height - 1 - y;
      for (int x = 0; x < width; x++) {
        image.setRGB(x, y, row.colours.rgb(row.range.fraction(field[from * width + x])));
      }
    }
    return image;
  }

  private static void bar(Graphics2D g, Row row, int left, int top, int length) {
    for (int y = 0; y < length; y++) {
      g.setColor(new Color(row.colours.rgb(1 - (y + 0.5) / length)));
      g.fillRect(left, top + y, BAR_WIDTH, 1);
    }
    g.setColor(INK);
    g.drawRect(left - 1, top - 1, BAR_WIDTH + 1, length + 1);
    g.drawString(number(row.range.highest()), left + BAR_WIDTH + 5, top + 10);
    g.drawString(number(row.range.lowest()), left + BAR_WIDTH + 5, top + length);
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, Math.abs(value) >= 100 ? "%.0f" : "%.2g", value);
  }

  private static void upwards(Graphics2D g, String text, int baseline, int middle) {
    AffineTransform before = g.getTransform();
    g.rotate(-Math.PI / 2, baseline, middle);
    g.drawString(text, baseline - g.getFontMetrics().stringWidth(text) / 2, middle);
    g.setTransform(before);
  }
}
