package io.dynadiff.trainer.generator;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.dynadiff.models.nn.ParameterLayout;
import io.dynadiff.models.nn.Parameters;
import io.dynadiff.models.prompt.FeatureScaling;
import io.dynadiff.models.prompt.FeatureSpec;
import io.dynadiff.models.prompt.Prompter;
import io.dynadiff.models.prompt.PrompterSpec;
import io.dynadiff.models.prompt.WindowFeatures;
import io.dynadiff.trainer.data.EnvironmentData;
import io.dynadiff.trainer.data.Equivalence;
import io.dynadiff.trainer.data.Symmetries;
import io.dynadiff.trainer.data.SystemData;
import io.dynadiff.trainer.preset.Preset;
import io.dynadiff.trainer.stage.StageStore;
import io.dynadiff.trainer.stage.TrainingLoop;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Trains the prompter to infer the known conditions of seen environments (paper's L_aux). */
public final class PrompterTraining {

  private final SystemData data;
  private final PrompterSpec spec;
  private final FeatureScaling scaling;
  private final int windowLength;
  private final boolean augmented;
  private final Prompter prompter;
  private final ParameterLayout layout;

  /**
   * @param windowLength frames of the longest windows
   * @param augmented whether windows are transformed by the system's symmetries, and led to other
   *     environments by its equivalence transformations
   */
  public PrompterTraining(
      SystemData data,
      PrompterSpec spec,
      FeatureScaling scaling,
      int windowLength,
      boolean augmented) {
    this.augmented = augmented;
    this.data = data;
    this.spec = spec;
    this.scaling = scaling;
    this.windowLength = windowLength;
    this.prompter = new Prompter(spec);
    this.layout = prompter.layout();
  }

  /** Fits the standardisation of features to the seen environments. */
  public static FeatureScaling scaling(SystemData data, FeatureSpec spec, int windowLength) {
    List<WindowFeatures> windows = new ArrayList<>();
    for (EnvironmentData environment : data.seen()) {
      windows.addAll(WindowDraw.all(environment.training(), windowLength, spec));
    }
    return FeatureScaling.fit(windows);
  }

  /** Parameters that have learnt nothing. */
  public float[] untrained(long seed) {
    return layout.initialValues(seed);
  }

  /** Trains, or finds the finished result; returns flat parameters. */
  public float[] train(StageStore store, TrainingLoop loop, Preset.Stage preset, long seed) {
    return store
        .result()
        .map(tensors -> tensors.get("prompter").values())
        .orElseGet(
            () -> {
              float[] trained = run(store, loop, preset, seed);
              store.finish(List.of(StageStore.vector("prompter", trained)));
              return trained;
            });
  }

  private float[] run(StageStore store, TrainingLoop loop, Preset.Stage preset, long seed) {
    return loop.run(
        store,
        new TrainingLoop.Plan(
            "prompter", preset.steps(), preset.learningRate(), preset.weightDecay(), 0, seed),
        layout.initialValues(seed),
        new Shape(layout.size()),
        (scope, leaf, random) -> {
          List<WindowFeatures> windows = new ArrayList<>();
          List<float[]> conditions = new ArrayList<>();
          for (int b = 0; b < preset.batch(); b++) {
            EnvironmentData environment = data.seen().get(random.nextInt(data.seen().size()));
            Equivalence equivalence =
                augmented ? data.equivalences().draw(random) : Equivalence.IDENTITY;
            windows.add(scaling.standardise(window(environment, equivalence, random)));
            conditions.add(
                data.encoding().encode(equivalence.conditions(environment.conditions())));
          }
          return prompter
              .prompt(new Parameters(layout, leaf), windows, scope)
              .conditions()
              .sub(
                  scope.create(
                      StageStore.rows("conditions", conditions).values(),
                      new Shape(preset.batch(), spec.conditions())))
              .square()
              .mean();
        });
  }

  private WindowFeatures window(
      EnvironmentData environment, Equivalence equivalence, Random random) {
    if (!augmented) {
      return WindowDraw.draw(environment.training(), windowLength, spec.input(), random);
    }
    Symmetries.Transformation symmetry = data.symmetries().draw(random);
    return WindowDraw.draw(
        environment.training(),
        windowLength,
        spec.input(),
        frame -> equivalence.apply(symmetry.apply(frame)),
        random);
  }

  /**
   * Root mean square error of the inferred conditions over full windows of held-out trajectories,
   * in standard deviations of each condition; not numbers where no environment has known ones.
   */
  public double[] errors(float[] parameters, List<EnvironmentData> environments) {
    double[] sum = new double[spec.conditions()];
    int count = 0;
    try (NDManager manager = NDManager.newBaseManager()) {
      Parameters loaded = new Parameters(layout, manager.create(parameters));
      for (EnvironmentData environment : environments) {
        if (Arrays.stream(environment.conditions()).anyMatch(Double::isNaN)) {
          continue;
        }
        float[] truth = data.encoding().encode(environment.conditions());
        List<WindowFeatures> windows =
            WindowDraw.all(environment.validation(), windowLength, spec.input()).stream()
                .map(scaling::standardise)
                .toList();
        try (NDManager scope = manager.newSubManager()) {
          float[] inferred = prompter.prompt(loaded, windows, scope).conditions().toFloatArray();
          for (int i = 0; i < inferred.length; i++) {
            int condition = i % spec.conditions();
            sum[condition] += Math.pow(inferred[i] - truth[condition], 2);
          }
          count += windows.size();
        }
      }
    }
    for (int i = 0; i < sum.length; i++) {
      sum[i] = Math.sqrt(sum[i] / count);
    }
    return sum;
  }
}
