package io.dynadiff.streams.shift;

/**
 * Which shift detector watches the errors, and how.
 *
 * @param detector the detector in use; the settings of the others are idle
 * @param monitor what all detectors share
 */
public record ShiftSettings(
    DetectorKind detector,
    MonitorSettings monitor,
    CusumSettings cusum,
    PageHinkleySettings pageHinkley,
    AdwinSettings adwin) {

  /**
   * What {@code dynadiff bench shift-detection} speaks for: large changes are seen as soon as by
   * the other detectors, and errors that rise and fall with the field raise no alarm.
   */
  public static final ShiftSettings DEFAULT =
      new ShiftSettings(
          DetectorKind.PAGE_HINKLEY,
          MonitorSettings.DEFAULT,
          CusumSettings.DEFAULT,
          PageHinkleySettings.DEFAULT,
          AdwinSettings.DEFAULT);

  /** The same with another detector. */
  public ShiftSettings with(DetectorKind other) {
    return new ShiftSettings(other, monitor, cusum, pageHinkley, adwin);
  }

  /** The detector in use. */
  public ShiftDetector create() {
    return switch (detector) {
      case CUSUM -> new Cusum(cusum);
      case PAGE_HINKLEY -> new PageHinkley(pageHinkley);
      case ADWIN -> new Adwin(adwin);
    };
  }
}
