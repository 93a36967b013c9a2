package io.dynadiff.streams.shift;

import java.util.Arrays;
import java.util.Locale;

/** The shift detectors to choose from. */
public enum DetectorKind {
  CUSUM,
  PAGE_HINKLEY,
  ADWIN;

  /** Its name in settings, for example {@code page-hinkley}. */
  public String text() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /**
   * Finds a detector by its name in settings.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static DetectorKind of(String text) {
    return Arrays.stream(values())
        .filter(kind -> kind.text().equals(text))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "configuration: expected for adapt.detector one of "
                        + Arrays.stream(values()).map(DetectorKind::text).toList()
                        + ", found \""
                        + text
                        + "\""));
  }
}
