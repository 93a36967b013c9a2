package io.dynadiff.trainer.data;

/**
 * A transformation that leads from one environment of a system to another: fields of the first,
 * transformed, are fields of an environment with the transformed conditions.
 *
 * <p>In Lie's theory of differential equations an equivalence transformation; a symmetry is one
 * that leaves the conditions as they are. Immutable.
 */
public interface Equivalence extends Symmetries.Transformation {

  /** From every environment to itself. */
  Equivalence IDENTITY =
      new Equivalence() {
        @Override
        public float[] apply(float[] field) {
          return field;
        }

        @Override
        public double[] conditions(double[] conditions) {
          return conditions;
        }
      };

  /**
   * The conditions of the environment that is reached.
   *
   * @param conditions physical units, in the system's order
   * @return a new array, or the same where nothing changes
   */
  double[] conditions(double[] conditions);
}
