package io.dynadiff.streams.shift;

/**
 * Settings of {@link ShiftMonitor}, shared by all detectors.
 *
 * @param largestExcess bound on every excess, up and down, positive, so that one bad frame is no
 *     shift: 1.15 is an error 3.2 times the usual
 * @param warmUp errors after a swap from which the expert's usual error is learnt, at least 1
 * @param calibrationWeight how many errors the bundle's calibration counts for in that, at least 0
 * @param adaptation share of each error that moves the reference while there is no evidence, 0..1
 * @param quietFrames frames after a detection in which nothing is reported, at least 0
 */
public record MonitorSettings(
    double largestExcess, int warmUp, int calibrationWeight, double adaptation, int quietFrames) {

  public static final MonitorSettings DEFAULT = new MonitorSettings(1.15, 5, 2, 0.02, 16);

  public MonitorSettings {
    if (!(largestExcess > 0)
        || warmUp < 1
        || calibrationWeight < 0
        || !(adaptation >= 0 && adaptation <= 1)
        || quietFrames < 0) {
      throw new IllegalArgumentException(
          "shift monitor: expected largestExcess > 0, warmUp >= 1, calibrationWeight >= 0,"
              + " adaptation in 0..1 and quietFrames >= 0, found "
              + largestExcess
              + ", "
              + warmUp
              + ", "
              + calibrationWeight
              + ", "
              + adaptation
              + " and "
              + quietFrames);
    }
  }
}
