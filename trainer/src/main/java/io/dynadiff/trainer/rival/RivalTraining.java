package io.dynadiff.trainer.rival;

import io.dynadiff.models.expert.ExpertSpec;
import io.dynadiff.trainer.data.EnvironmentData;
import io.dynadiff.trainer.data.SystemData;
import io.dynadiff.trainer.expert.ExpertTraining;
import io.dynadiff.trainer.preset.Preset;
import io.dynadiff.trainer.stage.StageStore;
import io.dynadiff.trainer.stage.TrainingLoop;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Trains what the rivals need beyond the system itself; results are found again by a hash of their
 * inputs. Nothing else may train meanwhile in the process.
 */
public final class RivalTraining {

  private static final String HIDDEN = "hidden";

  private final ExpertSpec spec;
  private final SystemData data;
  private final Preset preset;
  private final long seed;
  private final Path work;
  private final TrainingLoop loop;

  /**
   * @param spec architecture of the experts
   * @param work directory of the system's stages
   * @param loop runs the trainings
   */
  public RivalTraining(
      ExpertSpec spec, SystemData data, Preset preset, long seed, Path work, TrainingLoop loop) {
    this.spec = spec;
    this.data = data;
    this.preset = preset;
    this.seed = seed;
    this.work = work;
    this.loop = loop;
  }

  /**
   * Fine-tunes the base on each environment's own training trajectories, one expert per
   * environment, for as long as the preset says: longer than zoo experts, since this is what
   * generation is held against.
   *
   * @param baseKey identity of the base
   * @param base its flat weights
   * @return flat weights by environment, seen and unseen
   */
  public Map<String, float[]> ownExperts(String baseKey, float[] base) {
    List<EnvironmentData> all =
        Stream.concat(data.seen().stream(), data.unseen().stream()).toList();
    Preset.Stage stage = preset.ownExpert();
    Map<String, float[]> experts = new LinkedHashMap<>();
    int stack = preset.zoo().stack();
    int chunks = (all.size() + stack - 1) / stack;
    for (int from = 0, chunk = 0; from < all.size(); from += stack, chunk++) {
      List<EnvironmentData> part = all.subList(from, Math.min(all.size(), from + stack));
      List<String> ids = part.stream().map(EnvironmentData::id).toList();
      List<float[]> trained =
          new ExpertTraining(spec, data, loop)
              .train(
                  new StageStore(
                      work,
                      "own-" + chunk,
                      baseKey,
                      preset.zoo().stopping().identity(stage),
                      seed,
                      ids),
                  new TrainingLoop.Plan(
                      "own expert " + (chunk + 1) + "/" + chunks,
                      stage.steps(),
                      stage.learningRate(),
                      stage.weightDecay(),
                      0,
                      seed * 2003 + chunk),
                  Collections.nCopies(part.size(), base),
                  part.stream().map(List::of).toList(),
                  stage,
                  preset.zoo().stopping())
              .weights();
      for (int i = 0; i < part.size(); i++) {
        experts.put(ids.get(i), trained.get(i));
      }
    }
    return experts;
  }

  /** The architecture of the larger expert: twice the hidden width. */
  public ExpertSpec largerSpec() {
    TreeMap<String, Integer> sizes = new TreeMap<>(spec.sizes());
    sizes.computeIfPresent(HIDDEN, (name, size) -> 2 * size);
    return new ExpertSpec(
        spec.architecture(),
        spec.fieldShape(),
        spec.intervalMillis(),
        spec.prediction(),
        spec.residualScale(),
        spec.coordinates(),
        spec.clockPeriodMillis(),
        sizes);
  }

  /** Trains the larger expert on all seen environments as the base is. */
  public float[] oneForAll() {
    ExpertSpec larger = largerSpec();
    Preset.Stage stage = preset.base();
    return new ExpertTraining(larger, data, loop)
        .train(
            new StageStore(work, "one-for-all", larger, stage, seed),
            new TrainingLoop.Plan(
                "one-for-all",
                stage.steps(),
                stage.learningRate(),
                stage.weightDecay(),
                0,
                seed * 2003),
            List.of(larger.family().initialWeights(larger, seed)),
            List.of(data.seen()),
            stage)
        .get(0);
  }
}
