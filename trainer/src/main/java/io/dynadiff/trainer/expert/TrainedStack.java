package io.dynadiff.trainer.expert;

import io.dynadiff.models.safetensors.NamedTensor;
import io.dynadiff.trainer.stage.StageStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Experts that were trained as one computation.
 *
 * @param weights flat weights of each expert
 * @param steps updates that each was trained for, or empty if all had the plan's
 * @param bestSteps updates after which each was best, or empty if the last ones count
 */
public record TrainedStack(List<float[]> weights, float[] steps, float[] bestSteps) {

  /** All experts with the last weights of a training of fixed length. */
  static TrainedStack last(List<float[]> weights) {
    return new TrainedStack(weights, new float[0], new float[0]);
  }

  /** As tensors of a stage's result. */
  public List<NamedTensor> tensors() {
    List<NamedTensor> tensors = new ArrayList<>();
    tensors.add(StageStore.rows("experts", weights));
    if (steps.length > 0) {
      tensors.add(StageStore.vector("steps", steps));
      tensors.add(StageStore.vector("bestSteps", bestSteps));
    }
    return tensors;
  }

  /** The inverse of {@link #tensors}. */
  public static TrainedStack of(Map<String, NamedTensor> tensors) {
    List<float[]> weights = StageStore.rows(tensors.get("experts"));
    return tensors.containsKey("steps")
        ? new TrainedStack(
            weights, tensors.get("steps").values(), tensors.get("bestSteps").values())
        : last(weights);
  }

  /** Updates that an expert was trained for. */
  int steps(int expert, int planned) {
    return steps.length == 0 ? planned : Math.round(steps[expert]);
  }

  /** Updates after which an expert was best. */
  int bestStep(int expert, int planned) {
    return bestSteps.length == 0 ? planned : Math.round(bestSteps[expert]);
  }
}
