package io.dynadiff.models.bundle;

import io.dynadiff.models.candidates.CandidateKind;
import io.dynadiff.models.candidates.CandidateSettings;
import io.dynadiff.models.diffusion.DiffusionSpec;
import io.dynadiff.models.diffusion.DiffusionTransformer;
import io.dynadiff.models.diffusion.DpmSolver;
import io.dynadiff.models.diffusion.SamplerSettings;
import io.dynadiff.models.expert.Coordinates;
import io.dynadiff.models.expert.ExpertSpec;
import io.dynadiff.models.expert.Prediction;
import io.dynadiff.models.field.FieldNormalisation;
import io.dynadiff.models.graph.WeightScaling;
import io.dynadiff.models.prompt.Boundary;
import io.dynadiff.models.prompt.FeatureScaling;
import io.dynadiff.models.prompt.FeatureSpec;
import io.dynadiff.models.prompt.Prompter;
import io.dynadiff.models.prompt.PrompterSpec;
import io.dynadiff.models.regression.InterpolationSpec;
import io.dynadiff.models.regression.LatentInterpolation;
import io.dynadiff.models.regression.LatentRegressor;
import io.dynadiff.models.regression.RegressorSpec;
import io.dynadiff.models.safetensors.NumberFormat;
import io.dynadiff.models.vae.VaeSpec;
import io.dynadiff.models.vae.WeightVae;
import io.dynadiff.physics.field.FieldShape;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A complete bundle with random numbers in place of trained ones: for trying the plumbing on a
 * field of any shape before anything is trained. Its forecasts mean nothing.
 */
public final class UntrainedBundle {

  private static final long INTERVAL_MILLIS = 200;

  private UntrainedBundle() {}

  /** Writes a small bundle with a frame interval of 200 ms and windows of 10 frames. */
  public static Bundle write(Path directory, String system, FieldShape shape, long seed)
      throws IOException {
    return write(directory, system, shape, INTERVAL_MILLIS, seed);
  }

  /** Writes a small bundle with windows of 10 frames, 4 leads and one condition. */
  public static Bundle write(
      Path directory, String system, FieldShape shape, long intervalMillis, long seed)
      throws IOException {
    int modes = Math.min(5, (Math.min(shape.height(), shape.width()) - 1) / 2 * 2 + 1);
    return write(
        directory,
        system,
        new ExpertSpec(
            "fno",
            shape,
            intervalMillis,
            Prediction.RESIDUAL,
            0.1,
            Coordinates.LINEAR,
            0,
            new TreeMap<>(
                Map.of("hidden", 4, "layers", 1, "modesY", modes, "modesX", (modes + 1) / 2))),
        seed);
  }

  /** Writes a small bundle for such experts, windows of 10 frames, 4 leads and one condition. */
  public static Bundle write(Path directory, String system, ExpertSpec expert, long seed)
      throws IOException {
    FieldShape shape = expert.fieldShape();
    VaeSpec vae = new VaeSpec(8, 4, 2, 1);
    PrompterSpec prompter =
        new PrompterSpec(
            new FeatureSpec(shape, PrompterSpec.Features.ALL, Boundary.BOUNDED),
            8,
            1,
            PrompterSpec.Conditioning.PROMPT);
    DiffusionSpec diffusion = new DiffusionSpec(8, 2, 1, prompter.conditionLength());
    RegressorSpec regressor = new RegressorSpec(4, 1);
    double[] ones = new double[shape.channels()];
    Arrays.fill(ones, 1);
    BundleManifest draft =
        new BundleManifest(
            BundleManifest.FORMAT_VERSION,
            system,
            10,
            4,
            List.of(),
            expert,
            new FieldNormalisation(new double[shape.channels()], ones),
            List.of(new ConditionSpec("condition", "1", 0, 1)),
            vae,
            diffusion,
            prompter,
            regressor,
            InterpolationSpec.NONE,
            new SamplerSettings(DpmSolver.NAME, 2, 1, 2, 0),
            new CandidateSettings(
                List.of(CandidateKind.SAMPLES, CandidateKind.SAMPLE_AVERAGE), 1, 0, 0),
            NumberFormat.FLOAT16,
            new Calibration(0.1, 0.05, expert.residualScale()),
            Map.of(),
            Map.of("note", "untrained", "seed", Long.toString(seed)),
            Map.of());
    return write(directory, draft, seed);
  }

  /**
   * Writes a bundle whose networks are of the sizes of another's, for experts of other sizes on the
   * same fields: for measuring how costs grow.
   */
  public static Bundle like(Path directory, BundleManifest model, ExpertSpec expert, long seed)
      throws IOException {
    BundleManifest draft =
        new BundleManifest(
            BundleManifest.FORMAT_VERSION,
            model.system(),
            model.windowLength(),
            model.leadCount(),
            model.channels(),
            expert,
            model.normalisation(),
            model.conditions(),
            model.vae(),
            model.diffusion(),
            model.prompter(),
            model.regressor(),
            InterpolationSpec.NONE,
            model.sampler(),
            model.candidates(),
            model.storage(),
            model.calibration(),
            Map.of(),
            Map.of("note", "untrained", "seed", Long.toString(seed)),
            Map.of());
    return write(directory, draft, seed);
  }

  private static Bundle write(Path directory, BundleManifest draft, long seed) throws IOException {
    ExpertSpec expert = draft.expert();
    PrompterSpec prompter = draft.prompter();
    WeightVae vae = new WeightVae(expert.layout(), draft.vae());
    int latents = vae.nodes() * vae.latent();
    GeneratorTensors generator =
        new GeneratorTensors(
            vae.decoderLayout().initialValues(seed),
            new DiffusionTransformer(draft.diffusion(), vae.nodes(), vae.latent())
                .layout()
                .initialValues(seed + 1),
            new Prompter(prompter).layout().initialValues(seed + 2),
            new LatentRegressor(
                    draft.regressor(), prompter.conditionLength(), vae.nodes(), vae.latent())
                .layout()
                .initialValues(seed + 4),
            new WeightScaling(
                expert.family().initialWeights(expert, seed + 3),
                filled(expert.layout().parameterCount(), 0.01f)),
            new float[latents],
            filled(latents, 1),
            filled(latents, 1),
            LatentInterpolation.none(),
            new FeatureScaling(
                new float[prompter.input().statistics()],
                filled(prompter.input().statistics(), 1),
                new float[prompter.input().spectralFeatures()],
                filled(prompter.input().spectralFeatures(), 1)));
    return Bundle.write(
        directory, draft, expert.family().initialWeights(expert, seed + 3), generator);
  }

  private static float[] filled(int length, float value) {
    float[] values = new float[length];
    Arrays.fill(values, value);
    return values;
  }
}
