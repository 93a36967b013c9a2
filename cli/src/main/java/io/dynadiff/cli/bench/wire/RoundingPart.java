package io.dynadiff.cli.bench.wire;

import io.dynadiff.cli.bench.measure.BenchPart;
import io.dynadiff.cli.bench.measure.BenchRun;
import io.dynadiff.models.bundle.Bundle;
import io.dynadiff.models.expert.Clock;
import io.dynadiff.models.expert.ExpertSpec;
import io.dynadiff.models.expert.HostExperts;
import io.dynadiff.physics.field.Snapshot;
import io.dynadiff.schemas.avro.DType;
import io.dynadiff.schemas.tensor.TensorCodec;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * What shorter numbers in weights do to forecasts: the difference that rounding makes, beside the
 * error that the forecast has anyway.
 */
final class RoundingPart implements BenchPart {

  private static final int STARTS = 8;

  @Override
  public String name() {
    return "rounding";
  }

  @Override
  public double expectedSeconds(BenchRun run) {
    return 25;
  }

  @Override
  public void measure(BenchRun run) throws Exception {
    List<Path> bundles = ShippedSystem.bundles(run.home());
    run.configure(name(), new TreeMap<>(Map.of("starts", STARTS)));
    for (int i = 0; i < bundles.size(); i++) {
      int leads = Bundle.open(bundles.get(i)).leadCount();
      measure(run, ShippedSystem.open(run.home(), bundles.get(i), STARTS + leads), leads);
      run.within((i + 1.0) / bundles.size());
    }
  }

  private static void measure(BenchRun run, ShippedSystem system, int leads) {
    Bundle bundle = system.bundle();
    float[] weights = bundle.baseWeights();
    List<float[]> exact = rollouts(bundle, system.snapshots(), weights, leads);
    List<float[]> truth = new ArrayList<>();
    for (int start = 0; start < STARTS; start++) {
      for (int lead = 1; lead <= leads; lead++) {
        truth.add(normalised(bundle, system.snapshots().get(start + lead)));
      }
    }
    double error = rms(exact, truth);
    String name = "wire.rounding." + bundle.system() + ".";
    run.figures().put(name + "normalisedRmse", error);
    for (DType dtype : List.of(DType.FLOAT16, DType.BFLOAT16)) {
      float[] rounded = TensorCodec.decode(TensorCodec.encode(weights, dtype, weights.length));
      List<float[]> forecasts = rollouts(bundle, system.snapshots(), rounded, leads);
      String type = name + dtype.name().toLowerCase(Locale.ROOT);
      run.figures().put(type + ".differenceToError", rms(forecasts, exact) / error);
      run.figures().put(type + ".errorRatio", rms(forecasts, truth) / error);
    }
  }

  /** Forecasts from the first frames, start by start, lead by lead; normalised. */
  private static List<float[]> rollouts(
      Bundle bundle, List<Snapshot> snapshots, float[] weights, int leads) {
    ExpertSpec spec = bundle.expertSpec();
    HostExperts experts =
        HostExperts.of(spec, 1)
            .orElseThrow(
                () ->
                    new IllegalStateException(
                        "expected an architecture with a kernel, found " + spec.architecture()));
    List<float[]> all = new ArrayList<>();
    for (int start = 0; start < STARTS; start++) {
      long begin = snapshots.get(start).eventTimeMillis();
      List<float[]> clocks = new ArrayList<>();
      IntStream.range(0, leads)
          .mapToObj(lead -> new long[][] {{begin + lead * spec.intervalMillis()}})
          .forEach(times -> clocks.add(Clock.channels(spec, times)));
      all.addAll(experts.rollout(weights, normalised(bundle, snapshots.get(start)), 1, clocks));
    }
    return all;
  }

  private static float[] normalised(Bundle bundle, Snapshot snapshot) {
    return bundle.normalisation().normalise(bundle.expertSpec().fieldShape(), snapshot.values());
  }

  private static double rms(List<float[]> some, List<float[]> others) {
    double sum = 0;
    long count = 0;
    for (int i = 0; i < some.size(); i++) {
      float[] a = some.get(i);
      float[] b = others.get(i);
      for (int p = 0; p < a.length; p++) {
        sum += (a[p] - b[p]) * (double) (a[p] - b[p]);
      }
      count += a.length;
    }
    return Math.sqrt(sum / count);
  }
}
