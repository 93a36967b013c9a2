package io.dynadiff.physics.cylinder;

import static io.dynadiff.physics.cylinder.Lattice.CX;
import static io.dynadiff.physics.cylinder.Lattice.CY;
import static io.dynadiff.physics.cylinder.Lattice.POPULATIONS;
import static io.dynadiff.physics.cylinder.Lattice.WEIGHT;
import static io.dynadiff.physics.cylinder.Lattice.opposite;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What solid cells do to one row of the lattice: the places where a population is thrown back, and
 * the solid cells themselves, which are kept at rest.
 *
 * @param population populations that are thrown back
 * @param column their columns, as many
 * @param solid columns of the solid cells
 */
record RowLinks(int[] population, int[] column, int[] solid) {

  /**
   * Finds the links of a row.
   *
   * @param mask [y, x], true where solid
   * @param open true where nothing comes round from one end of the row to the other
   */
  static RowLinks of(boolean[] mask, int width, int height, int y, boolean open) {
    List<int[]> links = new ArrayList<>();
    for (int x = 0; x < width; x++) {
      for (int i = 1; i < POPULATIONS && !mask[y * width + x]; i++) {
        int fromX = x - CX[i];
        int from = Math.floorMod(y - CY[i], height) * width + Math.floorMod(fromX, width);
        if ((!open || fromX >= 0 && fromX < width) && mask[from]) {
          links.add(new int[] {i, x});
        }
      }
    }
    return new RowLinks(
        links.stream().mapToInt(link -> link[0]).toArray(),
        links.stream().mapToInt(link -> link[1]).toArray(),
        IntStream.range(0, width).filter(x -> mask[y * width + x]).toArray());
  }

  /**
   * Puts what solid cells throw back in the place of what would have come out of them.
   *
   * @param from populations before they moved, [population, y, x]
   * @param arriving populations of the row after they moved, [population, x]; written to
   */
  void apply(double[][][] from, double[][] arriving, int y) {
    for (int i = 0; i < population.length; i++) {
      arriving[population[i]][column[i]] = from[opposite(population[i])][y][column[i]];
    }
    for (int x : solid) {
      for (int i = 0; i < POPULATIONS; i++) {
        arriving[i][x] = WEIGHT[i];
      }
    }
  }
}
