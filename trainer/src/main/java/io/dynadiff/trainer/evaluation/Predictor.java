package io.dynadiff.trainer.evaluation;

import io.dynadiff.trainer.data.RolloutCase;
import java.util.List;

/** A forecaster that has been adapted to one environment. */
public interface Predictor {

  /**
   * Forecasts.
   *
   * @param starts at least one rollout; only the frame at its start and its time may be used
   * @param leads number of steps, at least 1
   * @return for each start the fields at leads 1..leads, physical units, axes [channel, y, x]
   */
  List<float[][]> rollout(List<RolloutCase> starts, int leads);

  /** Wall time of the adaptation, 0 where there is none. */
  double adaptationSeconds();
}
