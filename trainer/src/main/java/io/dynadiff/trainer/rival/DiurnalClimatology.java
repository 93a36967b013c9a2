package io.dynadiff.trainer.rival;

import io.dynadiff.models.field.FieldNormalisation;
import io.dynadiff.trainer.data.AdaptationCase;
import io.dynadiff.trainer.data.EnvironmentData;
import io.dynadiff.trainer.data.RolloutCase;
import io.dynadiff.trainer.data.SystemData;
import io.dynadiff.trainer.data.Trajectory;
import io.dynadiff.trainer.evaluation.Method;
import io.dynadiff.trainer.evaluation.Predictor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The mean field of the environment's own training days at the same time of day, whatever the
 * present field is.
 */
public final class DiurnalClimatology implements Method {

  private final FieldNormalisation normalisation;
  private final long periodMillis;

  /**
   * @param periodMillis length of the cycle, positive
   */
  public DiurnalClimatology(FieldNormalisation normalisation, long periodMillis) {
    this.normalisation = normalisation;
    this.periodMillis = periodMillis;
  }

  /** Whether training shows every time of day that is scored, in every environment. */
  public static boolean covers(SystemData data, long periodMillis) {
    return Stream.concat(data.seen().stream(), data.unseen().stream())
        .allMatch(
            environment ->
                phases(environment.training(), periodMillis)
                    .containsAll(phases(environment.test(), periodMillis)));
  }

  private static Set<Long> phases(List<Trajectory> trajectories, long periodMillis) {
    Set<Long> phases = new TreeSet<>();
    for (Trajectory trajectory : trajectories) {
      for (int t = 0; t < trajectory.length(); t++) {
        phases.add(phase(trajectory, t, periodMillis));
      }
    }
    return phases;
  }

  @Override
  public String name() {
    return "diurnal-climatology";
  }

  @Override
  public Predictor adapt(EnvironmentData environment, AdaptationCase adaptation) {
    Map<Long, float[]> means = means(environment);
    return new Predictor() {
      @Override
      public List<float[][]> rollout(List<RolloutCase> starts, int leads) {
        List<float[][]> forecasts = new ArrayList<>();
        for (RolloutCase start : starts) {
          Trajectory trajectory = start.trajectory();
          float[][] forecast = new float[leads][];
          for (int lead = 1; lead <= leads; lead++) {
            forecast[lead - 1] =
                normalisation.denormalise(
                    trajectory.shape(),
                    means.get(phase(trajectory, start.start() + lead, periodMillis)));
          }
          forecasts.add(forecast);
        }
        return forecasts;
      }

      @Override
      public double adaptationSeconds() {
        return 0;
      }
    };
  }

  private Map<Long, float[]> means(EnvironmentData environment) {
    Map<Long, float[]> sums = new TreeMap<>();
    Map<Long, Integer> counts = new TreeMap<>();
    for (Trajectory trajectory : environment.training()) {
      for (int t = 0; t < trajectory.length(); t++) {
        float[] frame = trajectory.frames()[t];
        float[] sum =
            sums.computeIfAbsent(phase(trajectory, t, periodMillis), p -> new float[frame.length]);
        for (int i = 0; i < frame.length; i++) {
          sum[i] += frame[i];
        }
        counts.merge(phase(trajectory, t, periodMillis), 1, Integer::sum);
      }
    }
    sums.forEach(
        (phase, sum) -> {
          for (int i = 0; i < sum.length; i++) {
            sum[i] /= counts.get(phase);
          }
        });
    return sums;
  }

  private static long phase(Trajectory trajectory, int frame, long periodMillis) {
    return Math.floorMod(trajectory.timeMillis(frame), periodMillis);
  }
}
