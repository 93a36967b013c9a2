package io.dynadiff.physics.lotkavolterra;

/**
 * Both populations at one instant.
 *
 * @param prey x, greater than 0
 * @param predators y, greater than 0
 * @param time time since the initial state, in time units
 */
public record LotkaVolterraState(double prey, double predators, double time) {

  public LotkaVolterraState {
    if (!(prey > 0) || !(predators > 0) || Double.isInfinite(prey + predators)) {
      throw new IllegalArgumentException(
          "lotka-volterra state: expected finite populations greater than 0, found "
              + prey
              + " prey and "
              + predators
              + " predators");
    }
  }
}
