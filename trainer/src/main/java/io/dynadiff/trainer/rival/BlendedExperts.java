package io.dynadiff.trainer.rival;

import io.dynadiff.models.bundle.ConditionEncoding;
import io.dynadiff.trainer.blend.ExpertBlend;
import io.dynadiff.trainer.blend.LabelledExperts;
import io.dynadiff.trainer.data.AdaptationCase;
import io.dynadiff.trainer.data.EnvironmentData;
import io.dynadiff.trainer.evaluation.ExpertPredictor;
import io.dynadiff.trainer.evaluation.ExpertRollouts;
import io.dynadiff.trainer.evaluation.Method;
import io.dynadiff.trainer.evaluation.Predictor;
import java.util.SortedMap;

/** Seen environments' experts, chosen, interpolated or regressed in weight space by conditions. */
public final class BlendedExperts implements Method {

  private final String name;
  private final ExpertRollouts rollouts;
  private final ConditionReader reader;
  private final ConditionEncoding encoding;
  private final LabelledExperts experts;
  private final ExpertBlend blend;

  /**
   * @param rollouts closed with this method
   * @param reader closed with this method
   */
  public BlendedExperts(
      String name,
      ExpertRollouts rollouts,
      ConditionReader reader,
      ConditionEncoding encoding,
      LabelledExperts experts,
      ExpertBlend blend) {
    this.name = name;
    this.rollouts = rollouts;
    this.reader = reader;
    this.encoding = encoding;
    this.experts = experts;
    this.blend = blend;
  }

  @Override
  public String name() {
    return name;
  }

  /** What the blend was chosen to be. */
  @Override
  public SortedMap<String, Double> settings() {
    return blend.settings();
  }

  @Override
  public Predictor adapt(EnvironmentData environment, AdaptationCase adaptation) {
    long start = System.nanoTime();
    float[] encoded = encoding.encode(reader.read(environment, adaptation));
    float[] weights = experts.blend(blend.shares(encoded));
    return new ExpertPredictor(rollouts, weights, (System.nanoTime() - start) / 1e9);
  }

  @Override
  public void close() {
    reader.close();
    rollouts.close();
  }
}
