package io.dynadiff.trainer.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.dynadiff.physics.field.FieldShape;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SymmetriesTest {

  private static final FieldShape SHAPE = new FieldShape(2, 12, 12);

  /** Right-hand side of the Lambda-Omega equation with a five-point periodic Laplacian. */
  private static float[] rightHandSide(float[] field) {
    int n = SHAPE.height();
    int points = SHAPE.points();
    float[] result = new float[field.length];
    for (int y = 0; y < n; y++) {
      for (int x = 0; x < n; x++) {
        int i = y * n + x;
        double u = field[i];
        double v = field[points + i];
        double square = u * u + v * v;
        int[] around = {
          y * n + (x + 1) % n, y * n + (x + n - 1) % n, (y + 1) % n * n + x, (y + n - 1) % n * n + x
        };
        double lapU = -4 * u;
        double lapV = -4 * v;
        for (int j : around) {
          lapU += field[j];
          lapV += field[points + j];
        }
        double beta = 1.3;
        result[i] = (float) (0.5 * lapU + (1 - square) * u + beta * square * v);
        result[points + i] = (float) (0.5 * lapV + (1 - square) * v - beta * square * u);
      }
    }
    return result;
  }

  @Test
  void shouldCommuteWithTheDynamics() {
    Random random = new Random(3);
    for (int trial = 0; trial < 50; trial++) {
      float[] field = new float[SHAPE.size()];
      for (int i = 0; i < field.length; i++) {
        field[i] = (float) random.nextGaussian();
      }
      Symmetries.Transformation symmetry = Symmetries.lambdaOmega(SHAPE).draw(random);
      float[] there = symmetry.apply(rightHandSide(field));
      float[] here = rightHandSide(symmetry.apply(field));
      for (int i = 0; i < here.length; i++) {
        assertThat(here[i]).isCloseTo(there[i], within(1e-4f));
      }
    }
  }
}
