package io.dynadiff.streams.forecast;

/**
 * When a swap is undone by what it has brought.
 *
 * @param margin share of the retired expert's error by which the new one must be worse, above 0
 * @param frames scored frames of the trial before anything is undone, at least 1
 * @param patience scored frames in a row after which the new expert must stand worse, at least 1
 */
public record RollBackSettings(double margin, int frames, int patience) {

  public static final RollBackSettings DEFAULT = new RollBackSettings(0.1, 10, 5);

  public RollBackSettings {
    if (!(margin > 0) || !Double.isFinite(margin) || frames < 1 || patience < 1) {
      throw new IllegalArgumentException(
          "forecast.rollback: expected a finite margin > 0, frames >= 1 and patience >= 1, found "
              + margin
              + ", "
              + frames
              + " and "
              + patience);
    }
  }
}
