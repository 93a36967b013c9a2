package io.dynadiff.trainer.data;

import java.util.List;
import java.util.Optional;

/**
 * What is known of a system's dynamics without looking at data.
 *
 * @param invariants what every frame of a trajectory has in common
 * @param equation the equation that frames solve; empty where there is none in closed form on their
 *     grid
 */
public record SystemLaws(List<LinearInvariant> invariants, Optional<Equation> equation) {

  public SystemLaws {
    invariants = List.copyOf(invariants);
  }

  /** Nothing. */
  public static SystemLaws none() {
    return new SystemLaws(List.of(), Optional.empty());
  }
}
