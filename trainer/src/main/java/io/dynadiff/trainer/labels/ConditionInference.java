package io.dynadiff.trainer.labels;

import ai.djl.ndarray.NDManager;
import io.dynadiff.models.bundle.ConditionEncoding;
import io.dynadiff.models.nn.Parameters;
import io.dynadiff.models.prompt.FeatureScaling;
import io.dynadiff.models.prompt.Prompter;
import io.dynadiff.models.prompt.PrompterSpec;
import io.dynadiff.models.prompt.PrompterSpec.Conditioning;
import io.dynadiff.models.prompt.WindowFeatures;
import io.dynadiff.trainer.data.EnvironmentData;
import io.dynadiff.trainer.data.SystemData;
import io.dynadiff.trainer.data.Trajectory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How well the true conditions of unseen environments can be read off their windows: by the
 * prompter's own head, by a random forest on the windows' features, by a random forest on the
 * prompt (paper appendix H.6), and by guessing the mean of the seen environments.
 *
 * <p>Forests are fitted to training windows of seen environments. Must run on one thread.
 */
public final class ConditionInference {

  private final SystemData data;
  private final PrompterSpec spec;
  private final int windowLength;
  private final int windowsPerEnvironment;
  private final int trees;

  /**
   * @param data with known conditions of seen and unseen environments
   * @param spec the prompter's sizes; its forest reads the whole prompt, conditions and states
   * @param windowLength frames of a window
   * @param windowsPerEnvironment most windows to take of an environment; 2400 in all and 100 trees
   *     take about a minute
   * @param trees trees of each forest
   */
  public ConditionInference(
      SystemData data, PrompterSpec spec, int windowLength, int windowsPerEnvironment, int trees) {
    this.data = data;
    // The same parameters, of which the whole prompt is looked at, whatever generation is given.
    this.spec =
        new PrompterSpec(spec.input(), spec.hidden(), spec.conditions(), Conditioning.PROMPT);
    this.windowLength = windowLength;
    this.windowsPerEnvironment = windowsPerEnvironment;
    this.trees = trees;
  }

  /** Windows as the readers see them, with the conditions of their environments. */
  private record Windows(
      List<double[]> summaries,
      List<double[]> prompts,
      List<double[]> heads,
      List<double[]> conditions) {}

  /**
   * Root mean square errors over the validation windows of unseen environments, in the unit of each
   * condition and around the period of a periodic one.
   *
   * @param scaling standardisation of features
   * @param parameters flat parameters of the prompter
   * @return by {@code <system>.unseen.conditions.<condition>.<reader>} with the readers {@code
   *     prompter}, {@code forest-features}, {@code forest-prompt} and {@code guess}
   */
  public Map<String, Double> errors(FeatureScaling scaling, float[] parameters, long seed) {
    Windows seen = windows(data.seen(), true, scaling, parameters);
    Windows unseen = windows(data.unseen(), false, scaling, parameters);
    ConditionEncoding encoding = data.encoding();
    List<double[]> targets =
        seen.conditions().stream().map(c -> widened(encoding.encode(c))).toList();
    RandomForest onFeatures = RandomForest.fit(seen.summaries(), targets, trees, seed);
    RandomForest onPrompt = RandomForest.fit(seen.prompts(), targets, trees, seed);
    double[] mean = mean(targets);
    Map<String, Double> errors = new TreeMap<>();
    put(errors, "prompter", unseen.heads(), unseen);
    put(errors, "forest-features", predictions(onFeatures, unseen.summaries()), unseen);
    put(errors, "forest-prompt", predictions(onPrompt, unseen.prompts()), unseen);
    put(errors, "guess", unseen.conditions().stream().map(c -> mean).toList(), unseen);
    return errors;
  }

  private static List<double[]> predictions(RandomForest forest, List<double[]> inputs) {
    return inputs.stream().map(forest::predict).toList();
  }

  private void put(
      Map<String, Double> errors, String reader, List<double[]> encoded, Windows truth) {
    ConditionEncoding encoding = data.encoding();
    double[] sums = new double[data.conditions().size()];
    for (int w = 0; w < encoded.size(); w++) {
      double[] found = encoding.decode(narrowed(encoded.get(w)));
      for (int i = 0; i < sums.length; i++) {
        sums[i] += Math.pow(encoding.distance(i, found[i], truth.conditions().get(w)[i]), 2);
      }
    }
    for (int i = 0; i < sums.length; i++) {
      errors.put(
          data.system() + ".unseen.conditions." + data.conditions().get(i).name() + "." + reader,
          Math.sqrt(sums[i] / encoded.size()));
    }
  }

  private Windows windows(
      List<EnvironmentData> environments,
      boolean training,
      FeatureScaling scaling,
      float[] parameters) {
    Windows windows =
        new Windows(new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    Prompter prompter = new Prompter(spec);
    try (NDManager manager = NDManager.newBaseManager()) {
      Parameters loaded = new Parameters(prompter.layout(), manager.create(parameters));
      for (EnvironmentData environment : environments) {
        List<WindowFeatures> standardised =
            features(training ? environment.training() : environment.validation()).stream()
                .map(scaling::standardise)
                .toList();
        if (standardised.isEmpty()) {
          continue;
        }
        try (NDManager scope = manager.newSubManager()) {
          Prompter.Prompt prompt = prompter.prompt(loaded, standardised, scope);
          windows.heads().addAll(rows(prompt.conditions().toFloatArray(), spec.conditions()));
          windows.prompts().addAll(rows(prompt.vector().toFloatArray(), spec.conditionLength()));
        }
        for (WindowFeatures window : standardised) {
          windows.summaries().add(WindowSummary.of(window, spec.input()));
          windows.conditions().add(environment.conditions());
        }
      }
    }
    if (windows.conditions().isEmpty()) {
      throw new IllegalArgumentException(
          data.system()
              + ": expected windows of "
              + windowLength
              + " frames in "
              + (training ? "training" : "validation")
              + " trajectories, found none");
    }
    return windows;
  }

  /** Windows one after the other without overlap, thinned evenly to the number that is wanted. */
  private List<WindowFeatures> features(List<Trajectory> trajectories) {
    record Place(Trajectory trajectory, int last) {}
    List<Place> places = new ArrayList<>();
    for (Trajectory trajectory : trajectories) {
      for (int last = windowLength - 1; last < trajectory.length(); last += windowLength) {
        places.add(new Place(trajectory, last));
      }
    }
    int count = Math.min(windowsPerEnvironment, places.size());
    List<WindowFeatures> features = new ArrayList<>();
    for (int k = 0; k < count; k++) {
      Place place = places.get((int) ((long) k * places.size() / count));
      features.add(place.trajectory().windowFeatures(place.last(), windowLength, spec.input()));
    }
    return features;
  }

  private static List<double[]> rows(float[] values, int width) {
    List<double[]> rows = new ArrayList<>();
    for (int at = 0; at < values.length; at += width) {
      rows.add(widened(Arrays.copyOfRange(values, at, at + width)));
    }
    return rows;
  }

  private static double[] mean(List<double[]> rows) {
    double[] mean = new double[rows.get(0).length];
    for (double[] row : rows) {
      for (int i = 0; i < mean.length; i++) {
        mean[i] += row[i] / rows.size();
      }
    }
    return mean;
  }

  private static double[] widened(float[] values) {
    double[] wide = new double[values.length];
    for (int i = 0; i < wide.length; i++) {
      wide[i] = values[i];
    }
    return wide;
  }

  private static float[] narrowed(double[] values) {
    float[] narrow = new float[values.length];
    for (int i = 0; i < narrow.length; i++) {
      narrow[i] = (float) values[i];
    }
    return narrow;
  }
}
