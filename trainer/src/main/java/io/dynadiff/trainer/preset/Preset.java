package io.dynadiff.trainer.preset;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dynadiff.models.candidates.CandidateSettings;
import io.dynadiff.models.diffusion.DiffusionSpec;
import io.dynadiff.models.diffusion.NoiseSchedule;
import io.dynadiff.models.diffusion.PredictionTarget;
import io.dynadiff.models.diffusion.SamplerSettings;
import io.dynadiff.models.expert.Coordinates;
import io.dynadiff.models.expert.ExpertSpec;
import io.dynadiff.models.expert.Prediction;
import io.dynadiff.models.graph.WeightScaling;
import io.dynadiff.models.json.CanonicalJson;
import io.dynadiff.models.prompt.Boundary;
import io.dynadiff.models.prompt.PrompterSpec.Conditioning;
import io.dynadiff.models.prompt.PrompterSpec.Features;
import io.dynadiff.models.regression.RegressorSpec;
import io.dynadiff.models.safetensors.NumberFormat;
import io.dynadiff.models.vae.VaeSpec;
import io.dynadiff.trainer.data.DataPlan;
import io.dynadiff.trainer.data.SystemData;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/**
 * Every size and setting of a training, by system and purpose: data, kept as JSON beside this
 * class. Presets other than {@code laptop} are kept as changes to it, first those for all systems
 * and then those for one.
 *
 * <p>{@code laptop} trains end to end on two CPU cores; {@code smoke} runs every stage in a minute
 * and is good for nothing else; {@code paper} has the sizes and recipes of the paper and asks for
 * machines such as its authors had.
 */
public record Preset(
    DataPlan data,
    Expert expert,
    Stage base,
    Zoo zoo,
    Stage ownExpert,
    Autoencoder autoencoder,
    Prompt prompt,
    Regression regression,
    Diffusion diffusion,
    SamplerSettings sampler,
    CandidateSettings candidates,
    NumberFormat storage,
    int windowLength,
    int leadCount) {

  public Preset {
    if (candidates.search().present()
        && (!regression.sizes().present() || prompt.conditioning() != Conditioning.CONDITIONS)) {
      throw new IllegalArgumentException(
          "preset: expected regression.sizes of a regressor and prompt.conditioning CONDITIONS where"
              + " candidates.search refines conditions, found "
              + regression.sizes()
              + " and "
              + prompt.conditioning());
    }
    if (sampler.guided() && !(diffusion.conditionDropout() > 0)) {
      throw new IllegalArgumentException(
          "preset: expected diffusion.conditionDropout above 0 where sampler.guidance is not 1, found "
              + diffusion.conditionDropout()
              + " and "
              + sampler.guidance());
    }
    if (sampler.seed() != 0) {
      throw new IllegalArgumentException(
          "preset: expected sampler.seed 0, as every request brings its own, found "
              + sampler.seed()
              + "; --seed or --seeds gives the seed of a training");
    }
  }

  /** Systems that have presets. */
  public static final List<String> SYSTEMS =
      List.of(
          "lambda-omega",
          "kolmogorov-flow",
          "navier-stokes",
          "cylinder-flow",
          "lotka-volterra",
          "era5-uk");

  private static final List<String> NAMES = List.of("laptop", "smoke", "paper");

  private static final List<String> STAGES =
      List.of(
          "base",
          "zoo.training",
          "autoencoder.training",
          "prompt.training",
          "regression.training",
          "regression.tuning",
          "diffusion.training",
          "ownExpert");

  /** Every training of a system learns from the same data, so that seeds compare. */
  private static final long DATA_SEED = 1;

  /**
   * The expert.
   *
   * @param architecture name of the operator family
   * @param prediction what the network predicts
   * @param coordinates what the expert is told of where a point lies
   * @param clockPeriodMillis period of the external cycle, 0 for none
   * @param sizes the architecture's own sizes
   */
  public record Expert(
      String architecture,
      Prediction prediction,
      Coordinates coordinates,
      long clockPeriodMillis,
      SortedMap<String, Integer> sizes) {

    /** The specification of experts for given data. */
    public ExpertSpec spec(SystemData data) {
      return new ExpertSpec(
          architecture,
          data.shape(),
          data.intervalMillis(),
          prediction,
          prediction == Prediction.RESIDUAL ? data.changeScale() : 1,
          coordinates,
          clockPeriodMillis,
          sizes);
    }
  }

  /**
   * One training.
   *
   * @param steps updates
   * @param batch examples per update
   * @param learningRate highest learning rate
   * @param weightDecay decoupled weight decay
   * @param furtherLeads of experts: leads after the first that a rollout is trained on; 0 trains on
   *     single steps
   */
  public record Stage(
      int steps,
      int batch,
      double learningRate,
      double weightDecay,
      @JsonInclude(JsonInclude.Include.NON_DEFAULT) int furtherLeads) {

    /** Length of the rollouts that experts are trained on, in steps. */
    public int rollout() {
      return 1 + furtherLeads;
    }
  }

  /**
   * The zoo.
   *
   * @param perEnvironment experts per seen environment
   * @param stack experts trained as one computation
   * @param noise initial noise on one layer, relative to its root mean square weight
   * @param mixes convex mixes of experts of neighbouring environments
   * @param training training of each expert
   * @param stopping when an expert's training ends early
   * @param fromScratch whether experts start from random weights of their own instead of from the
   *     base, and none is left out for being worse than it
   */
  public record Zoo(
      int perEnvironment,
      int stack,
      double noise,
      int mixes,
      Stage training,
      Stopping stopping,
      @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean fromScratch) {

    /** What results depend on; a stopping that never happens is no part of it. */
    public JsonNode identity() {
      ObjectNode identity = (ObjectNode) CanonicalJson.tree(this);
      if (stopping.patience() == 0) {
        identity.remove("stopping");
      }
      return identity;
    }
  }

  /**
   * The weight autoencoder.
   *
   * @param scaling how weights are scaled before they enter
   * @param sizes sizes of the network
   * @param klWeight weight of the KL divergence
   * @param functionalWeight weight of the functional loss
   * @param functionalFrames frames per expert in it
   * @param functional what it compares, and what else is asked of decoded experts
   * @param training its training
   */
  public record Autoencoder(
      WeightScaling.Kind scaling,
      VaeSpec sizes,
      double klWeight,
      double functionalWeight,
      int functionalFrames,
      FunctionalTerms functional,
      Stage training) {

    /**
     * What a trained autoencoder depends on: these settings, less those of a functional loss that
     * is as plain as can be.
     */
    public JsonNode identity() {
      ObjectNode identity = (ObjectNode) CanonicalJson.tree(this);
      if (functional.plain()) {
        identity.remove("functional");
      }
      return identity;
    }
  }

  /**
   * The prompter.
   *
   * @param hidden width of the GRU's state
   * @param features features that it looks at
   * @param boundary how spectra treat the edges of the domain
   * @param conditioning what generation is given
   * @param augmented whether its windows are transformed by the system's symmetries and equivalence
   *     transformations
   * @param training its training on the conditions
   * @param unsupervised whether it is never shown the conditions (no L_aux) and learns from the
   *     loss of what it conditions alone
   */
  public record Prompt(
      int hidden,
      Features features,
      Boundary boundary,
      Conditioning conditioning,
      boolean augmented,
      Stage training,
      @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean unsupervised) {

    public Prompt {
      if (unsupervised && conditioning != Conditioning.PROMPT) {
        throw new IllegalArgumentException(
            "prompt: expected the conditioning PROMPT where it is unsupervised, found "
                + conditioning);
      }
    }

    /** What the trained prompter depends on besides the sizes; plain windows are not mentioned. */
    public List<Object> identity() {
      if (unsupervised) {
        return List.of("unsupervised");
      }
      return augmented ? List.of(training, "augmented") : List.of(training);
    }
  }

  /**
   * The regressed latent.
   *
   * @param sizes sizes of the regressor
   * @param training its training on the zoo's latents
   * @param tuning training of regressor and decoder together on forecast errors; 0 steps for none
   * @param tuningRuns runs of frames per environment and step in that loss
   * @param tuningRollout steps of the rollouts in it
   * @param reconstructionWeight weight of the zoo's reconstruction in it, which is of order 1 where
   *     forecast errors in units of the residual scale are of order 0.01
   * @param conditionNoise noise on the conditions that regressor and diffusion learn from, in units
   *     of the prompter's errors: 1 where inferred conditions are taken as they are, less where
   *     they are refined on the window
   * @param equivalences whether that loss also looks at environments that the seen ones are led to
   *     by the system's equivalence transformations
   */
  public record Regression(
      RegressorSpec sizes,
      Stage training,
      Stage tuning,
      int tuningRuns,
      int tuningRollout,
      double reconstructionWeight,
      double conditionNoise,
      boolean equivalences) {

    /** What a tuning depends on; settings that leave it as plain as can be are not mentioned. */
    public JsonNode identity() {
      ObjectNode identity = (ObjectNode) CanonicalJson.tree(this);
      if (conditionNoise == 1) {
        identity.remove("conditionNoise");
      }
      if (!equivalences) {
        identity.remove("equivalences");
      }
      return identity;
    }
  }

  /**
   * The latent diffusion.
   *
   * @param width width of the transformer
   * @param heads attention heads
   * @param blocks transformer blocks
   * @param target what the transformer predicts
   * @param schedule signal and noise over time
   * @param conditionDropout share of examples trained without their condition
   * @param training its training
   * @param emaDecay decay of the average of its values
   */
  public record Diffusion(
      int width,
      int heads,
      int blocks,
      PredictionTarget target,
      NoiseSchedule schedule,
      double conditionDropout,
      Stage training,
      double emaDecay) {

    /** The specification for condition vectors of a given length. */
    public DiffusionSpec spec(int conditionLength) {
      return new DiffusionSpec(
          width, heads, blocks, conditionLength, target, schedule, conditionDropout);
    }
  }

  /**
   * Returns a preset.
   *
   * @throws IllegalArgumentException if there is none for that system and name
   */
  public static Preset of(String system, String name) {
    if (!SYSTEMS.contains(system) || !NAMES.contains(name)) {
      throw new IllegalArgumentException(
          "preset: expected a system out of "
              + SYSTEMS
              + " and a preset out of "
              + NAMES
              + ", found \""
              + system
              + "\" and \""
              + name
              + "\"");
    }
    return PresetResources.read(system, name, DataPlan.of(system, name, DATA_SEED));
  }

  /**
   * The same preset with no stage of more than so many steps: for seeing what a stage takes.
   *
   * @throws IllegalArgumentException if there is not at least one step
   */
  public Preset withStepsPerStage(int most) {
    if (most < 1) {
      throw new IllegalArgumentException("steps per stage: expected at least 1, found " + most);
    }
    JsonNode shortened = CanonicalJson.completeTree(this);
    for (String stage : STAGES) {
      JsonNode at = shortened;
      for (String name : stage.split("\\.")) {
        at = at.get(name);
      }
      ((ObjectNode) at).put("steps", Math.min(most, at.get("steps").asInt()));
    }
    return CanonicalJson.read(shortened.toString(), Preset.class, "preset");
  }

  /**
   * The same preset with one setting changed.
   *
   * @param path names from the outside in, separated by dots, such as {@code zoo.perEnvironment}
   * @param value the new value as JSON; bare words are read as text
   * @throws IllegalArgumentException if there is no such setting or the value does not fit
   */
  public Preset with(String path, String value) {
    return with(Map.of(path, value));
  }

  /**
   * The same preset with several settings changed together, of which each alone need not fit.
   *
   * @param settings values by path, as {@link #with(String, String)} has them
   * @throws IllegalArgumentException if there is no such setting or the values do not fit
   */
  public Preset with(Map<String, String> settings) {
    JsonNode changed = CanonicalJson.completeTree(this);
    settings.forEach((path, value) -> CanonicalJson.replace(changed, path, value));
    return CanonicalJson.read(
        changed.toString(), Preset.class, "preset with " + String.join(", ", settings.keySet()));
  }
}
