package io.dynadiff.trainer.rival;

import ai.djl.ndarray.NDManager;
import io.dynadiff.models.bundle.Bundle;
import io.dynadiff.models.bundle.ConditionEncoding;
import io.dynadiff.models.bundle.ConditionSpec;
import io.dynadiff.models.nn.Parameters;
import io.dynadiff.models.prompt.FeatureScaling;
import io.dynadiff.models.prompt.Prompter;
import io.dynadiff.models.prompt.PrompterSpec;
import io.dynadiff.models.prompt.WindowFeatures;
import io.dynadiff.trainer.data.AdaptationCase;
import io.dynadiff.trainer.data.EnvironmentData;
import java.util.List;

/** The conditions that a prompter reads off the window. */
public final class InferredConditions implements ConditionReader {

  private final PrompterSpec spec;
  private final FeatureScaling scaling;
  private final ConditionEncoding encoding;
  private final int windowLength;
  private final NDManager manager = NDManager.newBaseManager();
  private final Prompter prompter;
  private final Parameters parameters;

  /**
   * @param spec sizes of the prompter
   * @param scaling standardisation of its features
   * @param parameters its flat parameters
   * @param conditions what it infers
   * @param windowLength frames that are read, at least 1
   */
  public InferredConditions(
      PrompterSpec spec,
      FeatureScaling scaling,
      float[] parameters,
      List<ConditionSpec> conditions,
      int windowLength) {
    this.spec = spec;
    this.scaling = scaling;
    this.encoding = new ConditionEncoding(conditions);
    this.windowLength = windowLength;
    this.prompter = new Prompter(spec);
    this.parameters = new Parameters(prompter.layout(), manager.create(parameters));
  }

  /** A bundle's own prompter. */
  public InferredConditions(Bundle bundle, int windowLength) {
    this(
        bundle.manifest().prompter(),
        bundle.generator().features(),
        bundle.generator().prompter(),
        bundle.conditions(),
        windowLength);
  }

  @Override
  public double[] read(EnvironmentData environment, AdaptationCase adaptation) {
    int length = Math.min(windowLength, adaptation.windowLast() + 1);
    WindowFeatures features =
        adaptation.windowSource().windowFeatures(adaptation.windowLast(), length, spec.input());
    try (NDManager scope = manager.newSubManager()) {
      return encoding.decode(
          prompter
              .prompt(parameters, List.of(scaling.standardise(features)), scope)
              .conditions()
              .toFloatArray());
    }
  }

  @Override
  public void close() {
    manager.close();
  }
}
