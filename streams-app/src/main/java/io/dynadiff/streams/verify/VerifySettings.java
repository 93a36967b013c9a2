package io.dynadiff.streams.verify;

import java.time.Duration;

/**
 * Settings of the verify role.
 *
 * @param forecastWait wall-clock time, positive, for which an admitted frame waits for the forecast
 *     from the frame before it while no forecast of its environment comes; then it is scored
 *     against what there is
 */
public record VerifySettings(Duration forecastWait) {

  public static final VerifySettings DEFAULT = new VerifySettings(Duration.ofSeconds(10));

  public VerifySettings {
    if (forecastWait.toMillis() < 1) {
      throw new IllegalArgumentException(
          "verify: expected forecastWait of at least 1 ms, found " + forecastWait);
    }
  }
}
