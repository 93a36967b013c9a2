package io.dynadiff.trainer.data;

import io.dynadiff.physics.field.FieldShape;
import java.util.Random;

/** Transformations of a pair of frames that leave a system's dynamics as they are. */
@FunctionalInterface
public interface Symmetries {

  /** One drawn transformation. */
  interface Transformation {

    /** Transforms a field, axes [channel, y, x], into a new array. */
    float[] apply(float[] field);
  }

  /** Draws a transformation; the same one must be applied to both frames of a pair. */
  Transformation draw(Random random);

  /** No symmetry but the identity. */
  static Symmetries none() {
    return random -> field -> field;
  }

  /**
   * The symmetries of the Lambda-Omega system on a periodic square: shifts, reflections,
   * transposition, and rotation of (u, v), since the equation for u + iv keeps its form under a
   * constant phase.
   */
  static Symmetries lambdaOmega(FieldShape shape) {
    int side = shape.height();
    return random -> {
      int shiftY = random.nextInt(side);
      int shiftX = random.nextInt(side);
      boolean flipY = random.nextBoolean();
      boolean flipX = random.nextBoolean();
      boolean transpose = random.nextBoolean();
      double phase = random.nextDouble() * 2 * Math.PI;
      float cos = (float) Math.cos(phase);
      float sin = (float) Math.sin(phase);
      return field -> {
        float[] result = new float[field.length];
        int points = shape.points();
        for (int y = 0; y < side; y++) {
          int fromY = Math.floorMod((flipY ? -y : y) + shiftY, side);
          for (int x = 0; x < side; x++) {
            int fromX = Math.floorMod((flipX ? -x : x) + shiftX, side);
            int from = transpose ? fromX * side + fromY : fromY * side + fromX;
            float u = field[from];
            float v = field[points + from];
            result[y * side + x] = cos * u - sin * v;
            result[points + y * side + x] = sin * u + cos * v;
          }
        }
        return result;
      };
    };
  }
}
