package io.dynadiff.physics.picture;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.util.List;

/** Several pictures as one. */
public final class Panels {

  private Panels() {}

  /**
   * Puts pictures in rows from the upper left on, on white.
   *
   * @param pictures at least one
   * @param columns pictures per row, at least 1
   */
  public static BufferedImage inRows(List<BufferedImage> pictures, int columns) {
    if (pictures.isEmpty() || columns < 1) {
      throw new IllegalArgumentException(
          "panels: expected at least one picture and one column, found "
              + pictures.size()
              + " and "
              + columns);
    }
    int width = pictures.stream().mapToInt(BufferedImage::getWidth).max().orElseThrow();
    int height = pictures.stream().mapToInt(BufferedImage::getHeight).max().orElseThrow();
    int rows = (pictures.size() + columns - 1) / columns;
    int used = Math.min(columns, pictures.size());
    BufferedImage all = new BufferedImage(used * width, rows * height, BufferedImage.TYPE_INT_RGB);
    Graphics2D g = all.createGraphics();
    g.setColor(Color.WHITE);
    g.fillRect(0, 0, all.getWidth(), all.getHeight());
    for (int i = 0; i < pictures.size(); i++) {
      g.drawImage(pictures.get(i), i % columns * width, i / columns * height, null);
    }
    g.dispose();
    return all;
  }
}
