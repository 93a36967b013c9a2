package io.dynadiff.streams.systems;

import io.dynadiff.models.bundle.Calibration;
import io.dynadiff.models.bundle.ConditionSpec;
import io.dynadiff.models.expert.ExpertSpec;
import io.dynadiff.models.field.FieldNormalisation;
import io.dynadiff.models.prompt.FeatureSpec;
import io.dynadiff.physics.field.FieldShape;
import java.util.List;

/**
 * What the online side needs to know of the bundle that serves one system, without its generator.
 *
 * <p>Immutable as long as callers leave the weights alone; safe to share between threads.
 *
 * @param system name of the system, as frames bear it
 * @param bundleId content-addressed id of the bundle
 * @param expertSpec architecture of the experts; fixes the field shape and the frame interval
 * @param channels names of the channels in order; empty if the bundle does not say
 * @param normalisation field normalisation the experts work in
 * @param features what is computed of an observation window
 * @param baseWeights weights of the base expert, version 0
 * @param windowLength number of frames of an observation window, at least 2
 * @param leadCount number of leads of a forecast, at least 1
 * @param calibration what good experts of the system achieve
 * @param conditions the conditions that the prompter infers, in order
 * @param ensemble experts that the bundle keeps of its candidates, at least 1
 * @param scoreSteps length of the rollouts over a window by which experts are compared, at least 1
 */
public record ServedSystem(
    String system,
    String bundleId,
    ExpertSpec expertSpec,
    List<String> channels,
    FieldNormalisation normalisation,
    FeatureSpec features,
    float[] baseWeights,
    int windowLength,
    int leadCount,
    Calibration calibration,
    List<ConditionSpec> conditions,
    int ensemble,
    int scoreSteps) {

  public ServedSystem {
    channels = List.copyOf(channels);
    conditions = List.copyOf(conditions);
    if (windowLength < 2 || leadCount < 1 || ensemble < 1 || scoreSteps < 1) {
      throw new IllegalArgumentException(
          "bundle "
              + bundleId
              + " of "
              + system
              + ": expected a window of at least 2 frames, at least 1 lead, an ensemble of at least 1 and"
              + " scores over at least 1 step, found window "
              + windowLength
              + ", "
              + leadCount
              + " leads, ensemble "
              + ensemble
              + " and scores over "
              + scoreSteps
              + " steps");
    }
    if (baseWeights.length != expertSpec.parameterCount()) {
      throw new IllegalArgumentException(
          "bundle "
              + bundleId
              + " of "
              + system
              + ": expected "
              + expertSpec.parameterCount()
              + " base weights, found "
              + baseWeights.length);
    }
  }

  /** Shape of every frame, axes [channel, y, x]. */
  public FieldShape shape() {
    return expertSpec.fieldShape();
  }

  /** Event time between consecutive frames, in milliseconds. */
  public long intervalMillis() {
    return expertSpec.intervalMillis();
  }
}
