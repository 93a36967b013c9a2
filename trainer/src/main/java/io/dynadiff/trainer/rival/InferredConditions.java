package io.dynadiff.trainer.rival;

import ai.djl.ndarray.NDManager;
import io.dynadiff.models.bundle.Bundle;
import io.dynadiff.models.bundle.ConditionEncoding;
import io.dynadiff.models.nn.Parameters;
import io.dynadiff.models.prompt.Prompter;
import io.dynadiff.models.prompt.WindowFeatures;
import io.dynadiff.trainer.data.AdaptationCase;
import io.dynadiff.trainer.data.EnvironmentData;
import java.util.List;

/** The conditions that a bundle's prompter reads off the window. */
public final class InferredConditions implements ConditionReader {

  private final Bundle bundle;
  private final int windowLength;
  private final NDManager manager = NDManager.newBaseManager();
  private final Prompter prompter;
  private final Parameters parameters;

  /**
   * @param windowLength frames that are read, at least 1
   */
  public InferredConditions(Bundle bundle, int windowLength) {
    this.bundle = bundle;
    this.windowLength = windowLength;
    this.prompter = new Prompter(bundle.manifest().prompter());
    this.parameters =
        new Parameters(prompter.layout(), manager.create(bundle.generator().prompter()));
  }

  @Override
  public double[] read(EnvironmentData environment, AdaptationCase adaptation) {
    int length = Math.min(windowLength, adaptation.windowLast() + 1);
    WindowFeatures features =
        WindowFeatures.of(
            adaptation
                .windowSource()
                .window(adaptation.windowLast(), length, bundle.normalisation()),
            bundle.normalisation(),
            bundle.features());
    try (NDManager scope = manager.newSubManager()) {
      float[] encoded =
          prompter
              .prompt(
                  parameters, List.of(bundle.generator().features().standardise(features)), scope)
              .conditions()
              .toFloatArray();
      return new ConditionEncoding(bundle.conditions()).decode(encoded);
    }
  }

  @Override
  public void close() {
    manager.close();
  }
}
