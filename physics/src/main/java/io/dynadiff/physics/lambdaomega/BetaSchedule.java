package io.dynadiff.physics.lambdaomega;

import java.util.List;

/**
 * Which beta governs a feed from which frame on.
 *
 * <p>A change at frame n governs the step from frame n to frame n + 1 and all later ones, until the
 * next change; frame n is the first to carry the new beta as its condition.
 *
 * <pre>
 *   schedule 0: 1.1, 3: 1.4
 *   frame      0 ---- 1 ---- 2 ---- 3 ---- 4 ----
 *   beta         1.1    1.1    1.1    1.4    1.4
 * </pre>
 *
 * @param changes changes by rising frame, the first at frame 0
 */
public record BetaSchedule(List<Change> changes) {

  /**
   * One change.
   *
   * @param frame first frame governed by beta, 0 or more
   * @param beta radians per time unit, finite
   */
  public record Change(long frame, double beta) {

    public Change {
      if (frame < 0 || !Double.isFinite(beta)) {
        throw new IllegalArgumentException(
            "schedule: expected a frame from 0 on and a finite beta, found frame "
                + frame
                + ", beta "
                + beta);
      }
    }
  }

  public BetaSchedule {
    changes = List.copyOf(changes);
    if (changes.isEmpty() || changes.get(0).frame() != 0) {
      throw new IllegalArgumentException(
          "schedule: expected a first beta at frame 0, found "
              + (changes.isEmpty() ? "no change" : "frame " + changes.get(0).frame()));
    }
    for (int i = 1; i < changes.size(); i++) {
      if (changes.get(i).frame() <= changes.get(i - 1).frame()) {
        throw new IllegalArgumentException(
            "schedule: expected rising frames, found "
                + changes.get(i).frame()
                + " after "
                + changes.get(i - 1).frame());
      }
    }
  }

  /** One beta throughout. */
  public static BetaSchedule constant(double beta) {
    return new BetaSchedule(List.of(new Change(0, beta)));
  }

  /** Beta that governs the step from a frame to the next. */
  public double at(long frame) {
    double beta = changes.get(0).beta();
    for (Change change : changes) {
      if (change.frame() <= frame) {
        beta = change.beta();
      }
    }
    return beta;
  }
}
