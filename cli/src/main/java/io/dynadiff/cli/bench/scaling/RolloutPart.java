package io.dynadiff.cli.bench.scaling;

import io.dynadiff.cli.bench.measure.BenchPart;
import io.dynadiff.cli.bench.measure.BenchRun;
import io.dynadiff.cli.bench.measure.PowerLaw;
import io.dynadiff.cli.bench.measure.Quantiles;
import io.dynadiff.models.expert.Coordinates;
import io.dynadiff.models.expert.ExpertSpec;
import io.dynadiff.models.expert.HostExperts;
import io.dynadiff.models.expert.Prediction;
import io.dynadiff.physics.field.FieldShape;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** One step of an expert against grid, width and batch, each about the laptop size. */
final class RolloutPart implements BenchPart {

  private static final List<Integer> SIDES = List.of(16, 32, 64, 128);
  private static final List<Integer> WIDTHS = List.of(8, 16, 32, 64);
  private static final List<Integer> BATCHES = List.of(1, 4, 16, 64, 256);

  private static final int SIDE = 32;
  private static final int WIDTH = 16;
  private static final int LAYERS = 2;
  private static final int MODES_Y = 11;
  private static final int MODES_X = 6;

  private static final double WARM_UP_SECONDS = 1.5;
  private static final double TURN_SECONDS = 0.2;

  @Override
  public String name() {
    return "rollout";
  }

  @Override
  public double expectedSeconds(BenchRun run) {
    int sizes = SIDES.size() + WIDTHS.size() + BATCHES.size();
    return sizes * (warmUpSeconds(run) + turns(run) * TURN_SECONDS);
  }

  private static double warmUpSeconds(BenchRun run) {
    return run.quick() ? 0.1 : WARM_UP_SECONDS;
  }

  private static int turns(BenchRun run) {
    return run.sized(2, 9);
  }

  @Override
  public void measure(BenchRun run) {
    run.configure(
        name(),
        new TreeMap<>(
            Map.of(
                "channels", 2,
                "side", SIDE,
                "width", WIDTH,
                "layers", LAYERS,
                "modesY", MODES_Y,
                "modesX", MODES_X,
                "turns", turns(run))));
    // Before the first size is measured, the JVM has to have compiled what all of them run.
    warmUp(run);
    grow(run, "grid", "side", SIDES, side -> millis(run, side, WIDTH, 1), side -> side * side);
    grow(run, "width", "width", WIDTHS, width -> millis(run, SIDE, width, 1), width -> width);
    grow(run, "batch", "batch", BATCHES, batch -> millis(run, SIDE, WIDTH, batch), batch -> batch);
  }

  private interface Measured {
    List<Double> at(int size);
  }

  private interface Size {
    double of(int value);
  }

  /** Measures at all sizes and fits how the time grows with what a size means. */
  private static void grow(
      BenchRun run,
      String against,
      String size,
      List<Integer> values,
      Measured measured,
      Size meaning) {
    double[] x = new double[values.size()];
    double[] y = new double[values.size()];
    for (int i = 0; i < x.length; i++) {
      List<Double> millis = measured.at(values.get(i));
      run.figures().putSpread("rollout.%s-%d.stepMs".formatted(size, values.get(i)), millis);
      x[i] = meaning.of(values.get(i));
      y[i] = Quantiles.of(millis).median();
    }
    run.figures().putLaw("rollout.against-" + against, PowerLaw.fit(x, y));
  }

  private static void warmUp(BenchRun run) {
    long start = System.nanoTime();
    while ((System.nanoTime() - start) / 1e9 < 4 * warmUpSeconds(run)) {
      millis(run, SIDE, WIDTH, 1);
    }
  }

  /** Milliseconds of a step of one expert for so many fields, in every turn. */
  private static List<Double> millis(BenchRun run, int side, int width, int batch) {
    ExpertSpec spec =
        new ExpertSpec(
            "fno",
            new FieldShape(2, side, side),
            200,
            Prediction.RESIDUAL,
            0.1,
            Coordinates.NONE,
            0,
            new TreeMap<>(
                Map.of("hidden", width, "layers", LAYERS, "modesY", MODES_Y, "modesX", MODES_X)));
    HostExperts experts = HostExperts.of(spec, 1).orElseThrow();
    float[] weights = spec.family().initialWeights(spec, 1);
    float[] states = new float[batch * spec.fieldShape().size()];
    Random random = new Random(1);
    for (int i = 0; i < states.length; i++) {
      states[i] = (float) random.nextGaussian();
    }
    int count = 2;
    double millis = turn(experts, weights, states, batch, count);
    long start = System.nanoTime();
    while ((System.nanoTime() - start) / 1e9 < warmUpSeconds(run)) {
      count = (int) Math.max(2, 1000 * TURN_SECONDS / millis);
      millis = turn(experts, weights, states, batch, Math.min(count, 200));
    }
    List<Double> turns = new ArrayList<>();
    for (int i = 0; i < turns(run); i++) {
      turns.add(turn(experts, weights, states, batch, count));
    }
    return turns;
  }

  private static double turn(
      HostExperts experts, float[] weights, float[] states, int batch, int count) {
    long start = System.nanoTime();
    for (int i = 0; i < count; i++) {
      experts.rollout(weights, states, batch, Collections.singletonList(null));
    }
    return (System.nanoTime() - start) / 1e6 / count;
  }
}
