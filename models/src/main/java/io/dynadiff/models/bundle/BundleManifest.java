package io.dynadiff.models.bundle;

import io.dynadiff.models.candidates.CandidateKind;
import io.dynadiff.models.candidates.CandidateSettings;
import io.dynadiff.models.diffusion.DiffusionSpec;
import io.dynadiff.models.diffusion.Sampler;
import io.dynadiff.models.diffusion.SamplerSettings;
import io.dynadiff.models.expert.ExpertSpec;
import io.dynadiff.models.field.FieldNormalisation;
import io.dynadiff.models.prompt.PrompterSpec;
import io.dynadiff.models.prompt.PrompterSpec.Conditioning;
import io.dynadiff.models.regression.InterpolationSpec;
import io.dynadiff.models.regression.RegressorSpec;
import io.dynadiff.models.safetensors.NumberFormat;
import io.dynadiff.models.vae.VaeSpec;
import java.util.List;
import java.util.Map;

/**
 * What a bundle says of itself.
 *
 * @param formatVersion version of the format, {@link #FORMAT_VERSION}
 * @param system system of dynamics
 * @param windowLength frames of a full observation window, at least 1
 * @param leadCount leads of a forecast, at least 1
 * @param channels names of the channels in order; empty for bundles before version 5, which do not
 *     say
 * @param expert architecture of the experts
 * @param normalisation field normalisation
 * @param conditions conditions that the prompter infers
 * @param vae sizes of the weight autoencoder
 * @param diffusion sizes of the diffusion transformer
 * @param prompter sizes of the prompter
 * @param regressor sizes of the latent regressor
 * @param interpolation size of the interpolation of the zoo's latents
 * @param sampler sampler settings; the seed comes with each request
 * @param candidates which candidates are made and how the best is chosen
 * @param storage how files hold the networks that write experts; all other numbers are float32
 * @param calibration errors of good experts
 * @param metrics figures of the evaluation that went with the training
 * @param provenance how the bundle was made: command, commit, machine, seed
 * @param files length and checksum of every other file
 */
public record BundleManifest(
    int formatVersion,
    String system,
    int windowLength,
    int leadCount,
    List<String> channels,
    ExpertSpec expert,
    FieldNormalisation normalisation,
    List<ConditionSpec> conditions,
    VaeSpec vae,
    DiffusionSpec diffusion,
    PrompterSpec prompter,
    RegressorSpec regressor,
    InterpolationSpec interpolation,
    SamplerSettings sampler,
    CandidateSettings candidates,
    NumberFormat storage,
    Calibration calibration,
    Map<String, Double> metrics,
    Map<String, String> provenance,
    Map<String, FileEntry> files) {

  /** The version that this release writes; see {@link ManifestReader} for what it reads. */
  public static final int FORMAT_VERSION = 5;

  /**
   * A file of the bundle.
   *
   * @param bytes its length
   * @param sha256 its SHA-256, lower-case hexadecimal
   */
  public record FileEntry(long bytes, String sha256) {}

  public BundleManifest {
    if (formatVersion != FORMAT_VERSION) {
      throw new IllegalArgumentException(
          "bundle manifest: expected formatVersion "
              + FORMAT_VERSION
              + ", found "
              + formatVersion
              + "; use a matching release");
    }
    if (system.isBlank() || windowLength < 1 || leadCount < 1) {
      throw new IllegalArgumentException(
          "bundle manifest: expected a system, a windowLength and a leadCount of at least 1, found"
              + " \""
              + system
              + "\", "
              + windowLength
              + ", "
              + leadCount);
    }
    if (storage == null) {
      throw new IllegalArgumentException(
          "bundle manifest: expected a storage, FLOAT32, FLOAT16 or BFLOAT16, found none");
    }
    Sampler.named(sampler.name());
    if (sampler.guided() && !diffusion.guidable()) {
      throw new IllegalArgumentException(
          "bundle manifest: expected a diffusion trained with conditionDropout above 0 for guidance "
              + sampler.guidance()
              + ", found 0; sample with guidance 1 or train again");
    }
    if (candidates.search().present()
        && (!regressor.present() || prompter.conditioning() != Conditioning.CONDITIONS)) {
      throw new IllegalArgumentException(
          "bundle manifest: expected a regressor on CONDITIONS where conditions are searched, found "
              + regressor
              + " on "
              + prompter.conditioning());
    }
    channels = List.copyOf(channels);
    if (!channels.isEmpty() && channels.size() != expert.fieldShape().channels()) {
      throw new IllegalArgumentException(
          "bundle manifest: expected a name for each of "
              + expert.fieldShape().channels()
              + " channels, found "
              + channels);
    }
    if (candidates.kinds().contains(CandidateKind.INTERPOLATED) && !interpolation.present()) {
      throw new IllegalArgumentException(
          "bundle manifest: expected an interpolation where INTERPOLATED is among the candidates,"
              + " found none");
    }
    conditions = List.copyOf(conditions);
    metrics = Map.copyOf(metrics);
    provenance = Map.copyOf(provenance);
    files = Map.copyOf(files);
    if (new ConditionEncoding(conditions).length() != prompter.conditions()
        || prompter.conditionLength() != diffusion.condition()
        || !prompter.input().fieldShape().equals(expert.fieldShape())
        || normalisation.scales().length != expert.fieldShape().channels()) {
      throw new IllegalArgumentException(
          "bundle manifest: conditions, prompter, diffusion, normalisation and expert disagree on"
              + " their sizes");
    }
  }
}
