package io.dynadiff.trainer.pipeline;

import ai.djl.ndarray.types.Shape;
import io.dynadiff.models.bundle.GeneratorTensors;
import io.dynadiff.models.diffusion.DiffusionSpec;
import io.dynadiff.models.diffusion.DiffusionTransformer;
import io.dynadiff.models.graph.WeightScaling;
import io.dynadiff.models.prompt.FeatureScaling;
import io.dynadiff.models.prompt.FeatureSpec;
import io.dynadiff.models.prompt.PrompterSpec;
import io.dynadiff.models.regression.LatentInterpolation;
import io.dynadiff.models.regression.LatentRegressor;
import io.dynadiff.models.vae.WeightVae;
import io.dynadiff.trainer.blend.LabelledExperts;
import io.dynadiff.trainer.blend.RadialBlend;
import io.dynadiff.trainer.data.EnvironmentData;
import io.dynadiff.trainer.data.SystemData;
import io.dynadiff.trainer.expert.ExpertErrors;
import io.dynadiff.trainer.expert.ZooExpert;
import io.dynadiff.trainer.generator.ConditionDraw;
import io.dynadiff.trainer.generator.DiffusionTraining;
import io.dynadiff.trainer.generator.GeneratorTuning;
import io.dynadiff.trainer.generator.LatentScaling;
import io.dynadiff.trainer.generator.PrompterTraining;
import io.dynadiff.trainer.generator.RegressorTraining;
import io.dynadiff.trainer.generator.VaeTraining;
import io.dynadiff.trainer.preset.Preset;
import io.dynadiff.trainer.stage.StageStore;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The networks that write experts, trained from a zoo: autoencoder, prompter, regressed latent with
 * its tuning, diffusion of what is left.
 *
 * @param diffusionSpec sizes of the diffusion transformer
 * @param prompterSpec sizes of the prompter
 * @param tensors the numbers
 */
public record TrainedGenerator(
    DiffusionSpec diffusionSpec, PrompterSpec prompterSpec, GeneratorTensors tensors) {

  static TrainedGenerator train(TrainedSystem system) {
    return new Stages(system).train();
  }

  /** The stages in order, each with the identity of what it depends on. */
  private static final class Stages {

    private final TrainedSystem system;
    private final Preset preset;
    private final SystemData data;
    private final long seed;
    private final List<ZooExpert> zoo;
    private final Shape latentShape;

    Stages(TrainedSystem system) {
      this.system = system;
      this.preset = system.preset();
      this.data = system.data();
      this.seed = system.seed();
      this.zoo = Stream.concat(system.zoo().stream(), system.mixes().stream()).toList();
      WeightVae vae = new WeightVae(system.spec().layout(), preset.autoencoder().sizes());
      this.latentShape = new Shape(vae.nodes(), vae.latent());
    }

    private StageStore store(String name, Object... inputs) {
      return system.stage(name, inputs);
    }

    TrainedGenerator train() {
      WeightScaling scaling =
          WeightScaling.fit(
              preset.autoencoder().scaling(),
              system.spec().layout(),
              system.zoo().stream().map(ZooExpert::weights).toList());
      VaeTraining vaeTraining = new VaeTraining(system.spec(), data, preset.autoencoder(), scaling);
      StageStore vaeStore =
          store(
              "vae",
              system.baseKey(),
              preset.zoo().identity(),
              preset.autoencoder().identity(),
              seed);
      VaeTraining.Result vae = vaeTraining.train(vaeStore, system.loop(), zoo, seed);
      List<float[]> encoded = vaeTraining.encode(vae, zoo);
      LatentScaling latentScaling = LatentScaling.fit(encoded);
      List<float[]> latents = encoded.stream().map(latentScaling::standardise).toList();
      report("autoencoder", vaeTraining, vae.decoder(), encoded);

      PrompterSpec prompterSpec =
          new PrompterSpec(
              new FeatureSpec(data.shape(), preset.prompt().features(), preset.prompt().boundary()),
              preset.prompt().hidden(),
              data.encoding().length(),
              preset.prompt().conditioning());
      FeatureScaling features =
          PrompterTraining.scaling(data, prompterSpec.input(), preset.windowLength());
      PrompterTraining prompterTraining =
          new PrompterTraining(
              data, prompterSpec, features, preset.windowLength(), preset.prompt().augmented());
      List<Object> prompterInputs = new ArrayList<>(List.of(prompterSpec));
      prompterInputs.addAll(preset.prompt().identity());
      prompterInputs.addAll(List.of(preset.windowLength(), seed));
      prompterInputs.addAll(system.labelInputs());
      StageStore prompterStore = store("prompter", prompterInputs.toArray());
      float[] prompter =
          preset.prompt().unsupervised()
              ? prompterTraining.untrained(seed)
              : prompterTraining.train(
                  prompterStore, system.loop(), preset.prompt().training(), seed);
      double conditionNoise = preset.regression().conditionNoise();
      double[] error = prompterTraining.errors(prompter, data.seen());
      system
          .progress()
          .printf(
              "prompter: error of inferred conditions in standard deviations, seen %s, unseen %s%n",
              Arrays.toString(error),
              Arrays.toString(prompterTraining.errors(prompter, data.unseen())));

      double[] noise = Arrays.stream(error).map(e -> e * conditionNoise).toArray();
      ConditionDraw draw =
          new ConditionDraw(
              prompterSpec,
              features,
              preset.windowLength(),
              noise,
              !preset.prompt().unsupervised());
      LatentRegressor regressor =
          new LatentRegressor(
              preset.regression().sizes(),
              prompterSpec.conditionLength(),
              Math.toIntExact(latentShape.get(0)),
              Math.toIntExact(latentShape.get(1)));
      RegressorTraining regressorTraining = new RegressorTraining(regressor, draw, latentShape);
      GeneratorTuning.Result tuned =
          new GeneratorTuning.Result(vae.decoder(), new float[0], prompter);
      float[] zooMean = new float[0];
      StageStore last = prompterStore;
      if (preset.regression().sizes().present()) {
        List<Object> regressorInputs =
            new ArrayList<>(
                List.of(
                    vaeStore.key(),
                    prompterStore.key(),
                    preset.regression().sizes(),
                    preset.regression().training(),
                    seed));
        if (conditionNoise != 1) {
          regressorInputs.add(conditionNoise);
        }
        StageStore regressorStore = store("regressor", regressorInputs.toArray());
        float[] regressed =
            regressorTraining.train(
                regressorStore,
                system.loop(),
                preset.regression().training(),
                zoo,
                latents,
                prompter,
                seed);
        tuned = new GeneratorTuning.Result(vae.decoder(), regressed, prompter);
        zooMean = regressed;
        last = regressorStore;
        if (preset.regression().tuning().steps() > 0) {
          StageStore tuningStore =
              store("tuning", regressorStore.key(), preset.regression().identity(), seed);
          tuned =
              new GeneratorTuning(
                      system.spec(),
                      data,
                      scaling,
                      preset.autoencoder().sizes(),
                      regressor,
                      latentScaling,
                      draw)
                  .train(
                      tuningStore, system.loop(), preset.regression(), tuned, zoo, latents, seed);
          if (draw.prompted()) {
            // Only a prompter that was tuned along changes what the diffusion learns from.
            last = tuningStore;
          }
          report("tuned decoder", vaeTraining, tuned.decoder(), encoded);
        }
      }

      // The scatter of the zoo around its own mean, not around the tuned one: samples are to
      // scatter around that, and not to lead back to the zoo.
      List<float[]> residuals = regressorTraining.residuals(zooMean, zoo, latents, prompter);
      boolean regressed = preset.regression().sizes().present();
      LatentScaling residualScaling =
          regressed ? LatentScaling.fit(residuals) : LatentScaling.unit(latents.get(0).length);
      DiffusionSpec diffusionSpec = preset.diffusion().spec(prompterSpec.conditionLength());
      List<Object> diffusionInputs =
          new ArrayList<>(List.of(vaeStore.key(), last.key(), preset.diffusion(), seed));
      if (!regressed && conditionNoise != 1) {
        // A regressor's key has it already.
        diffusionInputs.add(conditionNoise);
      }
      DiffusionTraining.Result diffusion =
          new DiffusionTraining(
                  new DiffusionTransformer(
                      diffusionSpec,
                      Math.toIntExact(latentShape.get(0)),
                      Math.toIntExact(latentShape.get(1))),
                  draw,
                  latentShape,
                  !regressed)
              .train(
                  store("diffusion", diffusionInputs.toArray()),
                  system.loop(),
                  preset.diffusion(),
                  zoo,
                  residuals.stream().map(residualScaling::scaled).toList(),
                  tuned.prompter(),
                  seed);
      return new TrainedGenerator(
          diffusionSpec,
          prompterSpec,
          new GeneratorTensors(
              tuned.decoder(),
              diffusion.diffusion(),
              diffusion.prompter(),
              tuned.regressor(),
              scaling,
              latentScaling.mean(),
              latentScaling.deviation(),
              residualScaling.deviation(),
              interpolation(latents),
              features));
    }

    /**
     * Of the mean latent of each environment's experts; none where the zoo is of one environment.
     */
    private LatentInterpolation interpolation(List<float[]> latents) {
      LabelledExperts experts =
          LabelledExperts.of(
              IntStream.range(0, system.zoo().size())
                  .mapToObj(
                      i ->
                          new ZooExpert(
                              latents.get(i), zoo.get(i).environments(), zoo.get(i).condition()))
                  .toList(),
              e -> data.encoding().encode(e.conditions()));
      return experts.size() < 2
          ? LatentInterpolation.none()
          : new RadialBlend(experts).interpolation(experts);
    }

    /** Prints what the decoder costs: errors of zoo experts and of their reconstructions. */
    private void report(String what, VaeTraining training, float[] decoder, List<float[]> encoded) {
      double own = 0;
      double decoded = 0;
      int environments = 0;
      try (ExpertErrors errors = new ExpertErrors(system.spec(), data)) {
        for (EnvironmentData environment : data.seen()) {
          int index = first(environment);
          if (index < 0) {
            continue;
          }
          float[] back = training.decode(decoder, List.of(encoded.get(index))).get(0);
          double[] found =
              errors.oneStep(List.of(zoo.get(index).weights(), back), environment.validation());
          own += found[0];
          decoded += found[1];
          environments++;
        }
      }
      system
          .progress()
          .printf(
              Locale.ROOT,
              "%s: one-step error of zoo experts %.5f, of their reconstructions %.5f, over %d of"
                  + " %d environments%n",
              what,
              own / environments,
              decoded / environments,
              environments,
              data.seen().size());
    }

    private int first(EnvironmentData environment) {
      for (int i = 0; i < system.zoo().size(); i++) {
        if (zoo.get(i).environments().get(0) == environment) {
          return i;
        }
      }
      return -1;
    }
  }
}
