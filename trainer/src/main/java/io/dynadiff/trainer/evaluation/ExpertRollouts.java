package io.dynadiff.trainer.evaluation;

import ai.djl.engine.Engine;
import io.dynadiff.models.expert.Clock;
import io.dynadiff.models.expert.ExpertSpec;
import io.dynadiff.models.field.FieldNormalisation;
import io.dynadiff.models.forecast.ExpertStepper;
import io.dynadiff.physics.field.FieldShape;
import io.dynadiff.trainer.data.RolloutCase;
import java.util.ArrayList;
import java.util.List;

/**
 * Rolls one expert forward from many frames at once.
 *
 * <p>Confined to one thread; {@link #close} frees what the engine holds.
 */
public final class ExpertRollouts implements AutoCloseable {

  private final ExpertSpec spec;
  private final FieldNormalisation normalisation;
  private final ExpertStepper stepper;

  /**
   * @param spec architecture of the experts
   * @param normalisation field normalisation that the experts and the trajectories share
   */
  public ExpertRollouts(ExpertSpec spec, FieldNormalisation normalisation) {
    this.spec = spec;
    this.normalisation = normalisation;
    this.stepper = new ExpertStepper(spec, Engine.getInstance().defaultDevice());
  }

  /**
   * Rolls out.
   *
   * @param weights flat weights of the expert
   * @param starts at least one rollout
   * @param leads number of steps, at least 1
   * @return for each start the fields at leads 1..leads, physical units, axes [channel, y, x]
   */
  public List<float[][]> rollout(float[] weights, List<RolloutCase> starts, int leads) {
    FieldShape shape = spec.fieldShape();
    int batch = starts.size();
    int points = shape.points();
    List<float[][]> forecasts = new ArrayList<>();
    float[] states = new float[batch * shape.size()];
    for (int b = 0; b < batch; b++) {
      float[] frame = starts.get(b).trajectory().frames()[starts.get(b).start()];
      for (int c = 0; c < shape.channels(); c++) {
        System.arraycopy(frame, c * points, states, (c * batch + b) * points, points);
      }
      forecasts.add(new float[leads][]);
    }
    List<float[]> clocks = new ArrayList<>();
    for (int lead = 0; lead < leads; lead++) {
      clocks.add(clock(starts, lead));
    }
    List<float[]> rollout = stepper.rollout(weights, states, batch, clocks);
    for (int lead = 0; lead < leads; lead++) {
      for (int b = 0; b < batch; b++) {
        float[] field = new float[shape.size()];
        for (int c = 0; c < shape.channels(); c++) {
          System.arraycopy(rollout.get(lead), (c * batch + b) * points, field, c * points, points);
        }
        forecasts.get(b)[lead] = normalisation.denormalise(shape, field);
      }
    }
    return forecasts;
  }

  private float[] clock(List<RolloutCase> starts, int lead) {
    long[][] times = new long[1][starts.size()];
    for (int b = 0; b < starts.size(); b++) {
      RolloutCase start = starts.get(b);
      times[0][b] = start.trajectory().timeMillis(start.start()) + lead * spec.intervalMillis();
    }
    return Clock.channels(spec, times);
  }

  @Override
  public void close() {
    stepper.close();
  }
}
