package io.dynadiff.trainer.rival;

import io.dynadiff.models.prompt.FeatureScaling;
import io.dynadiff.models.prompt.FeatureSpec;
import io.dynadiff.models.prompt.PrompterSpec;
import io.dynadiff.trainer.blend.LabelledExperts;
import io.dynadiff.trainer.data.EnvironmentData;
import io.dynadiff.trainer.data.SystemData;
import io.dynadiff.trainer.generator.PrompterTraining;
import io.dynadiff.trainer.labels.FunctionalDistances;
import io.dynadiff.trainer.labels.SurrogateLabels;
import io.dynadiff.trainer.pipeline.TrainedSystem;
import io.dynadiff.trainer.preset.Preset;
import io.dynadiff.trainer.stage.StageStore;
import java.util.List;

/**
 * Labels in place of conditions, for rivals that may not know the true ones even in training: seen
 * environments are labelled by what their experts do, and a prompter of its own infers the labels.
 */
public final class SurrogateConditions {

  private static final int FRAMES_PER_ENVIRONMENT = 8;

  private final SystemData data;
  private final LabelledExperts experts;
  private final PrompterSpec spec;
  private final FeatureScaling scaling;
  private final float[] prompter;

  /** Labels the seen environments and trains the prompter, or finds it trained. */
  public SurrogateConditions(TrainedSystem system) {
    SystemData known = system.data();
    List<EnvironmentData> labelled =
        system.zoo().stream()
            .filter(e -> !e.mixed())
            .map(e -> e.environments().get(0))
            .distinct()
            .toList();
    List<float[]> weights = LabelledExperts.of(system.zoo(), e -> new float[0]).weights();
    int components = Math.min(known.encoding().length(), labelled.size() - 1);
    SurrogateLabels labels =
        SurrogateLabels.of(
            labelled.stream().map(EnvironmentData::id).toList(),
            new FunctionalDistances(system.spec(), FRAMES_PER_ENVIRONMENT)
                .between(weights, labelled),
            components);
    this.data = labels.relabel(withSeen(known, labelled));
    this.experts =
        new LabelledExperts(
            data.seen().stream().map(e -> data.encoding().encode(e.conditions())).toList(),
            weights);
    Preset.Prompt prompt = system.preset().prompt();
    int windowLength = system.preset().windowLength();
    this.spec =
        new PrompterSpec(
            new FeatureSpec(data.shape(), prompt.features(), prompt.boundary()),
            prompt.hidden(),
            data.encoding().length(),
            prompt.conditioning());
    this.scaling = PrompterTraining.scaling(data, spec.input(), windowLength);
    this.prompter =
        new PrompterTraining(data, spec, scaling, windowLength, false)
            .train(
                new StageStore(
                    system.work(),
                    "surrogate-prompter",
                    system.baseKey(),
                    system.preset().zoo().identity(),
                    spec,
                    prompt.training(),
                    windowLength,
                    system.seed()),
                system.loop(),
                prompt.training(),
                system.seed());
  }

  private static SystemData withSeen(SystemData data, List<EnvironmentData> seen) {
    return new SystemData(
        data.system(),
        data.shape(),
        data.intervalMillis(),
        data.horizon(),
        data.normalisation(),
        data.conditions(),
        seen,
        data.unseen(),
        data.symmetries());
  }

  /** The data with labels in place of conditions. */
  public SystemData data() {
    return data;
  }

  /** The seen environments' experts with their labels. */
  public LabelledExperts experts() {
    return experts;
  }

  /** Reads labels off windows; the caller closes it. */
  public ConditionReader reader(int windowLength) {
    return new InferredConditions(spec, scaling, prompter, data.conditions(), windowLength);
  }
}
