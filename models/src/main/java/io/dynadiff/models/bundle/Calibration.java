package io.dynadiff.models.bundle;

/**
 * What is usual of a system and of its good experts: the yardstick of the shift detector.
 *
 * @param oneStepErrorMean mean of the normalised one-step RMSE over held-out frames, positive
 * @param oneStepErrorDeviation standard deviation of the same, at least 0
 * @param usualChange root mean square change of normalised training frames in one interval,
 *     positive
 */
public record Calibration(
    double oneStepErrorMean, double oneStepErrorDeviation, double usualChange) {

  public Calibration {
    if (!(oneStepErrorMean > 0) || !(oneStepErrorDeviation >= 0) || !(usualChange > 0)) {
      throw new IllegalArgumentException(
          "calibration: expected a positive mean, a deviation of at least 0 and a positive usual"
              + " change, found mean "
              + oneStepErrorMean
              + ", deviation "
              + oneStepErrorDeviation
              + " and change "
              + usualChange);
    }
  }
}
