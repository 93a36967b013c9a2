package io.dynadiff.trainer.evaluation;

import io.dynadiff.models.bundle.Bundle;
import io.dynadiff.models.candidates.CandidateSettings;
import io.dynadiff.models.generation.GeneratedExpert;
import io.dynadiff.models.generation.GenerationRequest;
import io.dynadiff.models.generation.WeightGenerator;
import io.dynadiff.models.prompt.WindowFeatures;
import io.dynadiff.models.window.ObservationWindow;
import io.dynadiff.trainer.data.AdaptationCase;
import io.dynadiff.trainer.data.EnvironmentData;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** A bundle's generator as the online side runs it: window in, expert out. */
public final class GeneratedExperts implements Method {

  private final String name;
  private final Bundle bundle;
  private final int windowLength;
  private final long seed;
  private final Map<String, float[]> incumbents;
  private final WeightGenerator generator;
  private final ExpertRollouts rollouts;
  private final SortedMap<String, Double> chosen = new TreeMap<>();

  /**
   * @param settings which candidates are made and how the best is chosen
   * @param windowLength frames that the generator sees, at least 1
   * @param seed seed of the sampler's noise
   */
  public GeneratedExperts(
      String name, Bundle bundle, CandidateSettings settings, int windowLength, long seed) {
    this(name, bundle, settings, windowLength, seed, Map.of());
  }

  /**
   * The same for environments that have experts already.
   *
   * @param incumbents their flat weights by environment
   */
  public GeneratedExperts(
      String name,
      Bundle bundle,
      CandidateSettings settings,
      int windowLength,
      long seed,
      Map<String, float[]> incumbents) {
    this.name = name;
    this.incumbents = Map.copyOf(incumbents);
    this.bundle = bundle;
    this.windowLength = windowLength;
    this.seed = seed;
    this.generator = new WeightGenerator(bundle, settings);
    this.rollouts = new ExpertRollouts(bundle.expertSpec(), bundle.normalisation());
    generator.warmUp();
  }

  @Override
  public String name() {
    return name;
  }

  /** How often a candidate of each source was the one chosen. */
  @Override
  public SortedMap<String, Double> settings() {
    return new TreeMap<>(chosen);
  }

  @Override
  public ExpertPredictor adapt(EnvironmentData environment, AdaptationCase adaptation) {
    int length = Math.min(windowLength, adaptation.windowLast() + 1);
    ObservationWindow window =
        adaptation.windowSource().window(adaptation.windowLast(), length, bundle.normalisation());
    long start = System.nanoTime();
    GeneratedExpert generated =
        generator
            .generate(
                List.of(
                    new GenerationRequest(
                        environment.id(),
                        window,
                        WindowFeatures.of(window, bundle.normalisation(), bundle.features()),
                        seed,
                        Optional.ofNullable(incumbents.get(environment.id())),
                        Optional.of(environment.conditions()))))
            .get(0);
    double seconds = (System.nanoTime() - start) / 1e9;
    chosen.merge("chosen." + generated.source(), 1.0, Double::sum);
    return new ExpertPredictor(rollouts, generated.weights(), seconds);
  }

  @Override
  public void close() {
    rollouts.close();
    generator.close();
  }
}
