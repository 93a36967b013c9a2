package io.dynadiff.trainer.rival;

import io.dynadiff.models.field.FieldNormalisation;
import io.dynadiff.trainer.data.AdaptationCase;
import io.dynadiff.trainer.data.EnvironmentData;
import io.dynadiff.trainer.data.RolloutCase;
import io.dynadiff.trainer.evaluation.Method;
import io.dynadiff.trainer.evaluation.Predictor;
import java.util.Arrays;
import java.util.List;

/** The field stays as it is. */
public final class Persistence implements Method {

  private final FieldNormalisation normalisation;

  public Persistence(FieldNormalisation normalisation) {
    this.normalisation = normalisation;
  }

  @Override
  public String name() {
    return "persistence";
  }

  @Override
  public Predictor adapt(EnvironmentData environment, AdaptationCase adaptation) {
    return new Predictor() {
      @Override
      public List<float[][]> rollout(List<RolloutCase> starts, int leads) {
        return starts.stream()
            .map(
                start -> {
                  float[][] forecast = new float[leads][];
                  Arrays.fill(
                      forecast,
                      normalisation.denormalise(
                          start.trajectory().shape(), start.trajectory().frames()[start.start()]));
                  return forecast;
                })
            .toList();
      }

      @Override
      public double adaptationSeconds() {
        return 0;
      }
    };
  }
}
