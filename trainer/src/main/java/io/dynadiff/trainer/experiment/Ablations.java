package io.dynadiff.trainer.experiment;

import java.util.ArrayList;
import java.util.List;

/**
 * What the method is without each of its parts. Parts that others stand on are taken away together
 * with those, and stand beside a variant that has the part and lacks the same others.
 */
final class Ablations {

  /** Mixes of experts have no window of their own, as prompts need, and no common start. */
  private static final List<String> NO_MIXES = List.of("zoo.mixes", "0");

  /** Only conditions that a regressor goes by can be searched on the window. */
  private static final List<String> NO_SEARCH =
      List.of("candidates.search", "{\"rounds\":0,\"candidates\":0,\"spread\":0}");

  private static final List<String> WHOLE_PROMPT =
      joined(NO_SEARCH, "zoo.mixes", "0", "prompt.conditioning", "PROMPT");

  /** The paper's two stages: diffusion alone, of latents and not of what a regressor leaves. */
  private static final List<String> DIFFUSION_ALONE =
      joined(
          NO_SEARCH,
          "regression.tuning.steps",
          "0",
          "regression.sizes",
          "{\"hidden\":0,\"layers\":0}",
          "candidates.kinds",
          "[\"SAMPLES\"]",
          "candidates.headStart",
          "0");

  static final List<Variant> VARIANTS =
      List.of(
          Variant.unchanged("complete"),
          Variant.with("without-functional-loss", "autoencoder.functionalWeight", "0"),
          variant("without-mixes", NO_MIXES),
          variant("without-domain-initialisation", joined(NO_MIXES, "zoo.fromScratch", "true")),
          Variant.with("without-forecast-tuning", "regression.tuning.steps", "0"),
          Variant.with("wide-autoencoder", "autoencoder.sizes.width", "128"),
          variant("untuned-without-functional-loss", untuned("autoencoder.functionalWeight", "0")),
          variant("untuned-spectral-term", untuned("autoencoder.functional.spectralWeight", "1")),
          variant(
              "untuned-conservation-term",
              untuned("autoencoder.functional.conservationWeight", "1")),
          variant("untuned-equation-term", untuned("autoencoder.functional.equationWeight", "1")),
          Variant.with("absolute-weights", "autoencoder.scaling", "ABSOLUTE_RANGE"),
          Variant.with("flattened-sequence", "autoencoder.sizes.tokenLength", "512"),
          Variant.with("predict-noise", "diffusion.target", "EPSILON"),
          Variant.with("predict-latent", "diffusion.target", "X0"),
          variant("diffusion-alone", DIFFUSION_ALONE),
          variant("single-stage", joined(DIFFUSION_ALONE, "autoencoder.sizes.latent", "0")),
          Variant.with(
              "condition-search",
              "candidates.search",
              "{\"rounds\":4,\"candidates\":12,\"spread\":0.5}"),
          variant("true-conditions", joined(NO_SEARCH, "prompt.conditioning", "KNOWN")),
          Variant.with("spectra-only", "prompt.features", "SPECTRA"),
          variant("whole-prompt", WHOLE_PROMPT),
          variant("without-auxiliary-loss", joined(WHOLE_PROMPT, "prompt.unsupervised", "true")),
          // One step is as good as none: the prompter begins at random and learns with diffusion.
          variant(
              "jointly-from-scratch",
              joined(
                  joined(WHOLE_PROMPT, DIFFUSION_ALONE.toArray(String[]::new)),
                  "prompt.training.steps",
                  "1")),
          Variant.with("one-sample", "sampler.candidates", "1"),
          Variant.with("sixteen-samples", "sampler.candidates", "16"));

  private Ablations() {}

  private static Variant variant(String name, List<String> settings) {
    return Variant.with(name, settings.toArray(String[]::new));
  }

  /** Tuning on forecasts makes up for much that the autoencoder lacks. */
  private static List<String> untuned(String setting, String value) {
    return List.of("regression.tuning.steps", "0", setting, value);
  }

  private static List<String> joined(List<String> settings, String... more) {
    List<String> all = new ArrayList<>(settings);
    all.addAll(List.of(more));
    return List.copyOf(all);
  }
}
