package io.dynadiff.physics.validation;

import java.util.List;

/**
 * What one validation found.
 *
 * @param checks measured numbers beside what they should be
 * @param plots curves behind them
 */
public record Findings(List<Check> checks, List<Plot> plots) {

  public Findings {
    checks = List.copyOf(checks);
    plots = List.copyOf(plots);
  }
}
