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
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Builds the zoo: experts fine-tuned from base + noise on one layer (paper section 3.1), each on
 * one seen environment, many at once. For comparison they can start from scratch.
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
    List<ZooCheck.Candidate> candidates = new ArrayList<>();
    for (int chunk = 0; chunk < chunks(); chunk++) {
      StageStore store = store(work, baseKey, chunk);
      TrainedStack trained = trainChunk(store, chunk, base);
      List<EnvironmentData> part = environments(chunk);
      for (int i = 0; i < part.size(); i++) {
        candidates.add(
            new ZooCheck.Candidate(
                new ZooExpert(
                    trained.weights().get(i),
                    List.of(part.get(i)),
                    data.encoding().encode(part.get(i).conditions())),
                store.directory(),
                trained.steps(i, preset.training().steps()),
                trained.bestStep(i, preset.training().steps())));
      }
    }
    return new ZooCheck(spec, data, preset.stopping().rollout(), progress)
        .kept(candidates, base, preset.fromScratch());
  }

  /** Number of stacks that the zoo is trained in. */
  public int chunks() {
    return (taskCount() + preset.stack() - 1) / preset.stack();
  }

  private int taskCount() {
    return preset.perEnvironment() * data.seen().size();
  }

  /** Number of experts in one stack. */
  public int experts(int chunk) {
    return environments(chunk).size();
  }

  /** The environments of one stack's experts, in order. */
  List<EnvironmentData> environments(int chunk) {
    int from = chunk * preset.stack();
    int count = Math.min(preset.stack(), taskCount() - from);
    return IntStream.range(from, from + count)
        .mapToObj(i -> data.seen().get(i % data.seen().size()))
        .toList();
  }

  /**
   * Where one stack is kept.
   *
   * @param work directory of the stages
   * @param baseKey identity of the base model
   */
  public StageStore store(Path work, String baseKey, int chunk) {
    List<Object> inputs = new ArrayList<>();
    inputs.add(baseKey);
    inputs.add(preset.noise());
    inputs.add(preset.stopping().identity(preset.training()));
    inputs.add(chunkSeed(chunk));
    inputs.add(environments(chunk).stream().map(EnvironmentData::id).toList());
    if (preset.fromScratch()) {
      inputs.add("from scratch");
    }
    return new StageStore(work, "zoo-" + chunk, inputs.toArray());
  }

  private long chunkSeed(int chunk) {
    return seed * 1009 + chunk;
  }

  /** Trains one stack, or finds it finished. */
  public TrainedStack trainChunk(StageStore store, int chunk, float[] base) {
    List<EnvironmentData> part = environments(chunk);
    return new ExpertTraining(spec, data, new TrainingLoop(progress))
        .train(
            store,
            new TrainingLoop.Plan(
                "zoo " + (chunk + 1) + "/" + chunks(),
                preset.training().steps(),
                preset.training().learningRate(),
                preset.training().weightDecay(),
                0,
                chunkSeed(chunk)),
            preset.fromScratch()
                ? random(part.size(), chunkSeed(chunk))
                : perturbed(base, part.size(), chunkSeed(chunk)),
            part.stream().map(List::of).toList(),
            preset.training(),
            preset.stopping());
  }

  /** Random weights, others for each expert. */
  private List<float[]> random(int count, long chunkSeed) {
    return IntStream.range(0, count)
        .mapToObj(k -> spec.family().initialWeights(spec, chunkSeed * 101 + k))
        .toList();
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
