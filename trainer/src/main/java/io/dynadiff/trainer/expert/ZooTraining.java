package io.dynadiff.trainer.expert;

import io.dynadiff.models.expert.ExpertSpec;
import io.dynadiff.models.expert.WeightLayout;
import io.dynadiff.trainer.data.EnvironmentData;
import io.dynadiff.trainer.data.SystemData;
import io.dynadiff.trainer.preset.Preset;
import io.dynadiff.trainer.stage.StageStore;
import io.dynadiff.trainer.stage.TrainingLoop;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/**
 * Builds the zoo: experts fine-tuned from base + noise on one layer (paper section 3.1), each on
 * one seen environment, many at once.
 */
public final class ZooTraining {

  private final ExpertSpec spec;
  private final SystemData data;
  private final Preset.Zoo preset;
  private final long seed;
  private final PrintStream progress;

  public ZooTraining(
      ExpertSpec spec, SystemData data, Preset.Zoo preset, long seed, PrintStream progress) {
    this.spec = spec;
    this.data = data;
    this.preset = preset;
    this.seed = seed;
    this.progress = progress;
  }

  /**
   * Trains all experts, or finds those an earlier run finished, and drops any that is worse than
   * the base on its environment's held-out frames.
   *
   * @param work directory of the stages
   * @param baseKey identity of the base model
   */
  public List<ZooExpert> train(Path work, String baseKey, float[] base) {
    ExpertTraining training = new ExpertTraining(spec, data, new TrainingLoop(progress));
    List<EnvironmentData> tasks = new ArrayList<>();
    for (int i = 0; i < preset.perEnvironment(); i++) {
      tasks.addAll(data.seen());
    }
    int chunks = (tasks.size() + preset.stack() - 1) / preset.stack();
    List<ZooExpert> zoo = new ArrayList<>();
    for (int from = 0, chunk = 0; from < tasks.size(); from += preset.stack(), chunk++) {
      List<EnvironmentData> part =
          tasks.subList(from, Math.min(tasks.size(), from + preset.stack()));
      long chunkSeed = seed * 1009 + chunk;
      StageStore store =
          new StageStore(
              work,
              "zoo-" + chunk,
              baseKey,
              preset.noise(),
              preset.training(),
              chunkSeed,
              part.stream().map(EnvironmentData::id).toList());
      List<float[]> trained =
          training.train(
              store,
              new TrainingLoop.Plan(
                  "zoo " + (chunk + 1) + "/" + chunks,
                  preset.training().steps(),
                  preset.training().learningRate(),
                  preset.training().weightDecay(),
                  0,
                  chunkSeed),
              perturbed(base, part.size(), chunkSeed),
              part.stream().map(List::of).toList(),
              preset.training().batch());
      for (int i = 0; i < part.size(); i++) {
        EnvironmentData environment = part.get(i);
        zoo.add(
            new ZooExpert(
                trained.get(i),
                List.of(environment),
                data.encoding().encode(environment.conditions())));
      }
    }
    return withoutFailures(zoo, base);
  }

  /** Copies of the base with noise on its last but one layer. */
  private List<float[]> perturbed(float[] base, int count, long chunkSeed) {
    List<WeightLayout.Layer> layers = spec.layout().layers();
    int end = spec.parameterCount() - layers.get(layers.size() - 1).size();
    int begin = end - layers.get(layers.size() - 2).size();
    double square = 0;
    for (int i = begin; i < end; i++) {
      square += base[i] * base[i];
    }
    double deviation = preset.noise() * Math.sqrt(square / (end - begin));
    Random random = new Random(chunkSeed);
    List<float[]> copies = new ArrayList<>();
    for (int k = 0; k < count; k++) {
      float[] copy = base.clone();
      for (int i = begin; i < end; i++) {
        copy[i] += (float) (deviation * random.nextGaussian());
      }
      copies.add(copy);
    }
    return copies;
  }

  private List<ZooExpert> withoutFailures(List<ZooExpert> zoo, float[] base) {
    List<ZooExpert> kept = new ArrayList<>();
    double own = 0;
    double shared = 0;
    try (ExpertErrors errors = new ExpertErrors(spec, data)) {
      for (EnvironmentData environment : data.seen()) {
        List<ZooExpert> candidates =
            zoo.stream().filter(e -> e.environments().get(0) == environment).toList();
        List<float[]> weights =
            new ArrayList<>(candidates.stream().map(ZooExpert::weights).toList());
        weights.add(base);
        double[] found = errors.oneStep(weights, environment.validation());
        double limit = found[candidates.size()];
        shared += limit;
        for (int i = 0; i < candidates.size(); i++) {
          own += found[i] / candidates.size();
          if (found[i] <= limit) {
            kept.add(candidates.get(i));
          } else {
            progress.printf(
                Locale.ROOT,
                "zoo: an expert of %s is worse than the base (%.5f > %.5f) and left out%n",
                environment.id(),
                found[i],
                limit);
          }
        }
      }
    }
    progress.printf(
        Locale.ROOT,
        "zoo: kept %d of %d experts; one-step error on held-out frames %.5f, base %.5f%n",
        kept.size(),
        zoo.size(),
        own / data.seen().size(),
        shared / data.seen().size());
    return kept;
  }

  /**
   * Convex mixes of experts of environments that are neighbours in their conditions: what lies
   * between two environments is then learnt, not guessed.
   *
   * @param zoo experts of single environments
   */
  public List<ZooExpert> mixes(List<ZooExpert> zoo) {
    Random random = new Random(seed + 77);
    List<ZooExpert> mixes = new ArrayList<>();
    for (int i = 0; i < preset.mixes(); i++) {
      ZooExpert one = zoo.get(random.nextInt(zoo.size()));
      List<ZooExpert> others =
          zoo.stream()
              .filter(e -> e.environments().get(0) != one.environments().get(0))
              .sorted(Comparator.comparingDouble(e -> distance(e.condition(), one.condition())))
              .toList();
      // One expert of the two nearest environments on either side.
      ZooExpert other =
          others.get(random.nextInt(Math.min(others.size(), 2 * preset.perEnvironment())));
      float share = random.nextFloat();
      mixes.add(
          new ZooExpert(
              blend(one.weights(), other.weights(), share),
              List.of(one.environments().get(0), other.environments().get(0)),
              blend(one.condition(), other.condition(), share)));
    }
    return mixes;
  }

  private static double distance(float[] a, float[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += (a[i] - b[i]) * (a[i] - b[i]);
    }
    return sum;
  }

  private static float[] blend(float[] a, float[] b, float share) {
    float[] blend = new float[a.length];
    for (int i = 0; i < blend.length; i++) {
      blend[i] = (1 - share) * a[i] + share * b[i];
    }
    return blend;
  }
}
