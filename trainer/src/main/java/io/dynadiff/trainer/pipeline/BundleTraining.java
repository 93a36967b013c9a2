package io.dynadiff.trainer.pipeline;

import io.dynadiff.models.bundle.Bundle;
import io.dynadiff.models.bundle.BundleManifest;
import io.dynadiff.models.bundle.Calibration;
import io.dynadiff.models.bundle.GeneratorTensors;
import io.dynadiff.models.bundle.Sha256;
import io.dynadiff.models.diffusion.DiffusionSpec;
import io.dynadiff.models.expert.ExpertSpec;
import io.dynadiff.models.expert.Prediction;
import io.dynadiff.models.graph.WeightScaling;
import io.dynadiff.models.json.CanonicalJson;
import io.dynadiff.models.prompt.Boundary;
import io.dynadiff.models.prompt.FeatureScaling;
import io.dynadiff.models.prompt.FeatureSpec;
import io.dynadiff.models.prompt.PrompterSpec;
import io.dynadiff.trainer.data.EnvironmentData;
import io.dynadiff.trainer.data.SystemData;
import io.dynadiff.trainer.evaluation.Evaluation;
import io.dynadiff.trainer.evaluation.ResultsFile;
import io.dynadiff.trainer.expert.ExpertErrors;
import io.dynadiff.trainer.expert.ExpertTraining;
import io.dynadiff.trainer.expert.ZooExpert;
import io.dynadiff.trainer.expert.ZooTraining;
import io.dynadiff.trainer.generator.DiffusionTraining;
import io.dynadiff.trainer.generator.LatentScaling;
import io.dynadiff.trainer.generator.PrompterTraining;
import io.dynadiff.trainer.generator.VaeTraining;
import io.dynadiff.trainer.preset.Preset;
import io.dynadiff.trainer.stage.StageStore;
import io.dynadiff.trainer.stage.TrainingLoop;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * The offline path from data to bundle: base model, zoo, weight autoencoder, prompter, latent
 * diffusion, calibration, evaluation.
 *
 * <p>Every stage is found again if an earlier run finished it with the same inputs. Must run on one
 * thread.
 */
public final class BundleTraining {

  private static final String BASE = "base";

  private final SystemData data;
  private final Preset preset;
  private final long seed;
  private final Path work;
  private final PrintStream progress;
  private final TrainingLoop loop;
  private final ExpertSpec spec;

  /**
   * @param data all data of the system
   * @param dataKey what the data depend on, as text: part of every stage's identity
   * @param work directory of the stages
   */
  public BundleTraining(
      SystemData data, String dataKey, Preset preset, long seed, Path work, PrintStream progress) {
    this.data = data;
    this.preset = preset;
    this.seed = seed;
    this.progress = progress;
    this.loop = new TrainingLoop(progress);
    Preset.Expert e = preset.expert();
    this.spec =
        new ExpertSpec(
            "fno",
            data.shape(),
            data.intervalMillis(),
            Prediction.RESIDUAL,
            data.changeScale(),
            e.periodic(),
            e.clockPeriodMillis(),
            new TreeMap<>(
                Map.of(
                    "hidden", e.hidden(),
                    "layers", e.layers(),
                    "modesY", e.modesY(),
                    "modesX", e.modesX())));
    // Every stage below depends on the data; the scale of its changes stands for the numbers.
    String inputs =
        CanonicalJson.write(
            List.of(preset.data(), spec, data.seen().stream().map(EnvironmentData::id).toList()));
    this.work =
        work.resolve(
            dataKey + "-" + Sha256.hex(inputs.getBytes(StandardCharsets.UTF_8)).substring(0, 12));
  }

  /** What a training leaves. */
  public record Result(Bundle bundle, Map<String, Double> figures) {}

  /** Runs all stages and writes the bundle. */
  public Result run(Path output, String command) throws IOException {
    progress.printf(
        Locale.ROOT,
        "%s: %d seen and %d unseen environments, expert with %d weights in %d nodes%n",
        data.system(),
        data.seen().size(),
        data.unseen().size(),
        spec.parameterCount(),
        spec.layout().nodeCount());
    StageStore baseStore = new StageStore(work, BASE, spec, preset.base(), seed);
    float[] base = base(baseStore);
    ZooTraining zooTraining = new ZooTraining(spec, data, preset.zoo(), seed, progress);
    List<ZooExpert> zoo = new ArrayList<>(zooTraining.train(work, baseStore.key(), base));
    WeightScaling scaling =
        WeightScaling.fit(spec.layout(), zoo.stream().map(ZooExpert::weights).toList());
    int trained = zoo.size();
    zoo.addAll(zooTraining.mixes(zoo));

    VaeTraining vaeTraining = new VaeTraining(spec, data, preset.vae(), scaling);
    StageStore vaeStore =
        new StageStore(
            work, "vae", baseStore.key(), preset.zoo(), preset.vae(), preset.vaeTraining(), seed);
    VaeTraining.Result vae = vaeTraining.train(vaeStore, loop, preset.vaeTraining(), zoo, seed);
    List<float[]> latents = vaeTraining.encode(vae, zoo);
    reportReconstruction(vaeTraining, vae, zoo.subList(0, trained), latents);

    PrompterSpec prompterSpec =
        new PrompterSpec(
            new FeatureSpec(
                data.shape(), preset.generator().features(), Boundary.of(spec.periodic())),
            preset.generator().prompterHidden(),
            data.encoding().length(),
            preset.generator().conditioning());
    FeatureScaling features =
        PrompterTraining.scaling(data, prompterSpec.input(), preset.windowLength());
    PrompterTraining prompterTraining =
        new PrompterTraining(data, prompterSpec, features, preset.windowLength());
    StageStore prompterStore =
        new StageStore(
            work,
            "prompter",
            prompterSpec,
            preset.generator().prompterTraining(),
            preset.windowLength(),
            seed);
    float[] prompter =
        prompterTraining.train(prompterStore, loop, preset.generator().prompterTraining(), seed);
    double[] heldError = prompterTraining.errors(prompter, data.seen());
    progress.printf(
        "prompter: error of inferred conditions in standard deviations, seen %s, unseen %s%n",
        java.util.Arrays.toString(heldError),
        java.util.Arrays.toString(prompterTraining.errors(prompter, data.unseen())));

    LatentScaling latentScaling = LatentScaling.fit(latents);
    DiffusionSpec diffusionSpec =
        new DiffusionSpec(
            preset.generator().width(),
            preset.generator().heads(),
            preset.generator().blocks(),
            prompterSpec.conditionLength());
    DiffusionTraining.Result diffusion =
        new DiffusionTraining(
                diffusionSpec,
                prompterSpec,
                features,
                spec.layout().nodeCount(),
                preset.vae().latent(),
                preset.windowLength())
            .train(
                new StageStore(
                    work,
                    "diffusion",
                    vaeStore.key(),
                    prompterStore.key(),
                    preset.generator(),
                    seed),
                loop,
                preset.generator(),
                zoo,
                latents.stream().map(latentScaling::standardise).toList(),
                prompter,
                heldError,
                seed);

    GeneratorTensors tensors =
        new GeneratorTensors(
            vae.decoder(),
            diffusion.diffusion(),
            diffusion.prompter(),
            scaling,
            latentScaling.mean(),
            latentScaling.deviation(),
            features);
    return finish(output, command, base, tensors, prompterSpec, diffusionSpec);
  }

  private float[] base(StageStore store) {
    return new ExpertTraining(spec, data, loop)
        .train(
            store,
            new TrainingLoop.Plan(
                BASE,
                preset.base().steps(),
                preset.base().learningRate(),
                preset.base().weightDecay(),
                0,
                seed),
            List.of(spec.family().initialWeights(spec, seed)),
            List.of(data.seen()),
            preset.base().batch())
        .get(0);
  }

  private void reportReconstruction(
      VaeTraining training, VaeTraining.Result vae, List<ZooExpert> zoo, List<float[]> latents) {
    double own = 0;
    double decoded = 0;
    int environments = 0;
    try (ExpertErrors errors = new ExpertErrors(spec, data)) {
      for (var environment : data.seen()) {
        int index = -1;
        for (int i = 0; i < zoo.size() && index < 0; i++) {
          index = zoo.get(i).environments().get(0) == environment ? i : -1;
        }
        if (index < 0) {
          continue;
        }
        float[] back = training.decode(vae, List.of(latents.get(index)), preset.vae()).get(0);
        double[] found =
            errors.oneStep(List.of(zoo.get(index).weights(), back), environment.validation());
        own += found[0];
        decoded += found[1];
        environments++;
      }
    }
    progress.printf(
        Locale.ROOT,
        "autoencoder: one-step error of zoo experts %.5f, of their reconstructions %.5f, over %d of"
            + " %d environments%n",
        own / environments,
        decoded / environments,
        environments,
        data.seen().size());
  }

  private Result finish(
      Path output,
      String command,
      float[] base,
      GeneratorTensors tensors,
      PrompterSpec prompterSpec,
      DiffusionSpec diffusionSpec)
      throws IOException {
    // The first writing has no figures yet; they come from the bundle as users will run it.
    Bundle draft =
        Bundle.write(
            work.resolve("draft"),
            manifest(prompterSpec, diffusionSpec, new Calibration(1, 1), Map.of(), command),
            base,
            tensors);
    Evaluation.Result evaluation = new Evaluation(data, draft, seed).run();
    Bundle bundle =
        Bundle.write(
            output,
            manifest(
                prompterSpec,
                diffusionSpec,
                evaluation.calibration(),
                evaluation.figures(),
                command),
            base,
            tensors);
    return new Result(bundle, evaluation.figures());
  }

  private BundleManifest manifest(
      PrompterSpec prompterSpec,
      DiffusionSpec diffusionSpec,
      Calibration calibration,
      Map<String, Double> figures,
      String command) {
    Map<String, String> provenance = new LinkedHashMap<>();
    provenance.put("command", command);
    provenance.put("commit", ResultsFile.commit());
    provenance.put("machine", ResultsFile.machine());
    provenance.put("seed", Long.toString(seed));
    return new BundleManifest(
        BundleManifest.FORMAT_VERSION,
        data.system(),
        preset.windowLength(),
        preset.leadCount(),
        spec,
        data.normalisation(),
        data.conditions(),
        preset.vae(),
        diffusionSpec,
        prompterSpec,
        preset.sampler(),
        calibration,
        figures,
        provenance,
        Map.of());
  }
}
