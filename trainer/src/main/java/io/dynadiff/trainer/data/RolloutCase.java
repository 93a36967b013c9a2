package io.dynadiff.trainer.data;

/**
 * One scored forecast: a rollout from a true frame.
 *
 * @param trajectory trajectory that holds the true frames
 * @param start frame the rollout starts from, 0 or more; the horizon's frames follow it
 */
public record RolloutCase(Trajectory trajectory, int start) {

  public RolloutCase {
    if (start < 0 || start >= trajectory.length() - 1) {
      throw new IllegalArgumentException(
          "rollout: expected a start from 0 to "
              + (trajectory.length() - 2)
              + " in a trajectory of "
              + trajectory.length()
              + " frames, found "
              + start);
    }
  }

  /** Number of true frames after the start. */
  public int leads() {
    return trajectory.length() - 1 - start;
  }
}
