package io.dynadiff.models.bundle;

/**
 * What good experts of a system achieve: the yardstick of the shift detector.
 *
 * @param oneStepErrorMean mean of the normalised one-step RMSE over held-out frames, positive
 * @param oneStepErrorDeviation standard deviation of the same, at least 0
 */
public record Calibration(double oneStepErrorMean, double oneStepErrorDeviation) {

  public Calibration {
    if (!(oneStepErrorMean > 0) || !(oneStepErrorDeviation >= 0)) {
      throw new IllegalArgumentException(
          "calibration: expected a positive mean and a deviation of at least 0, found mean "
              + oneStepErrorMean
              + " and deviation "
              + oneStepErrorDeviation);
    }
  }
}
