package io.dynadiff.models.bundle;

import io.dynadiff.models.graph.WeightScaling;
import io.dynadiff.models.prompt.FeatureScaling;
import io.dynadiff.models.regression.InterpolationSpec;
import io.dynadiff.models.regression.LatentInterpolation;
import io.dynadiff.models.safetensors.NamedTensor;
import io.dynadiff.models.safetensors.NumberFormat;
import io.dynadiff.models.safetensors.Safetensors;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The numbers behind weight generation, as they stand in a bundle's {@code generator.safetensors}.
 *
 * @param decoder flat parameters of the autoencoder's decoder
 * @param diffusion flat parameters of the diffusion transformer
 * @param prompter flat parameters of the prompter
 * @param regressor flat parameters of the latent regressor; empty where there is none
 * @param weightScaling whitening of expert weights
 * @param latentMean mean of each latent, axes [node, latent] flattened
 * @param latentDeviation its standard deviation, positive, same axes
 * @param residualDeviation standard deviation of standardised latents around the regressed one,
 *     positive, same axes; what the diffusion samples are multiplied by
 * @param interpolation of the zoo's mean latents by conditions
 * @param features standardisation of window features
 */
public record GeneratorTensors(
    float[] decoder,
    float[] diffusion,
    float[] prompter,
    float[] regressor,
    WeightScaling weightScaling,
    float[] latentMean,
    float[] latentDeviation,
    float[] residualDeviation,
    LatentInterpolation interpolation,
    FeatureScaling features) {

  /**
   * Encodes everything.
   *
   * @param networks how networks are held; scalings are float32 always, because they are few and
   *     stand between what networks give and the weights of experts, and so is the interpolation,
   *     whose terms nearly cancel
   */
  byte[] write(NumberFormat networks) {
    List<NamedTensor> scalings =
        new ArrayList<>(
            List.of(
                named("weights.mean", weightScaling.mean()),
                named("weights.scale", weightScaling.scale()),
                named("latents.mean", latentMean),
                named("latents.deviation", latentDeviation),
                named("residuals.deviation", residualDeviation),
                named("statistics.mean", features.statisticsMean()),
                named("statistics.deviation", features.statisticsDeviation()),
                named("spectra.mean", features.spectraMean()),
                named("spectra.deviation", features.spectraDeviation())));
    if (interpolation.spec().present()) {
      scalings.add(named("interpolation.centres", interpolation.centres()));
      scalings.add(named("interpolation.offset", interpolation.offset()));
      scalings.add(named("interpolation.coefficients", interpolation.coefficients()));
    }
    Set<String> wide = scalings.stream().map(NamedTensor::name).collect(Collectors.toSet());
    // The widest numbers first, so that every tensor begins at a multiple of its numbers' size.
    List<NamedTensor> all = new ArrayList<>(scalings);
    all.addAll(
        List.of(
            named("decoder", decoder), named("diffusion", diffusion), named("prompter", prompter)));
    if (regressor.length > 0) {
      all.add(named("regressor", regressor));
    }
    return Safetensors.write(all, name -> wide.contains(name) ? NumberFormat.FLOAT32 : networks);
  }

  private static NamedTensor named(String name, float[] values) {
    return new NamedTensor(name, new long[] {values.length}, values);
  }

  /** Takes the tensors out of a map, checking each length. */
  static GeneratorTensors fromNamed(
      Map<String, NamedTensor> tensors, GeneratorSizes sizes, String where)
      throws BundleFormatException {
    Map<String, NamedTensor> left = new LinkedHashMap<>(tensors);
    GeneratorTensors taken =
        new GeneratorTensors(
            take(left, "decoder", sizes.decoder(), where),
            take(left, "diffusion", sizes.diffusion(), where),
            take(left, "prompter", sizes.prompter(), where),
            sizes.regressor() == 0
                ? new float[0]
                : take(left, "regressor", sizes.regressor(), where),
            new WeightScaling(
                take(left, "weights.mean", sizes.weights(), where),
                positive(take(left, "weights.scale", sizes.weights(), where), where)),
            take(left, "latents.mean", sizes.latents(), where),
            positive(take(left, "latents.deviation", sizes.latents(), where), where),
            positive(take(left, "residuals.deviation", sizes.latents(), where), where),
            interpolation(left, sizes, where),
            new FeatureScaling(
                take(left, "statistics.mean", sizes.statistics(), where),
                positive(take(left, "statistics.deviation", sizes.statistics(), where), where),
                take(left, "spectra.mean", sizes.spectra(), where),
                positive(take(left, "spectra.deviation", sizes.spectra(), where), where)));
    if (!left.isEmpty()) {
      throw new BundleFormatException(where + ": unexpected tensors " + left.keySet());
    }
    return taken;
  }

  private static LatentInterpolation interpolation(
      Map<String, NamedTensor> left, GeneratorSizes sizes, String where)
      throws BundleFormatException {
    InterpolationSpec spec = sizes.interpolation();
    return spec.present()
        ? new LatentInterpolation(
            spec,
            take(left, "interpolation.centres", spec.centres() * sizes.conditions(), where),
            take(left, "interpolation.coefficients", spec.centres() * sizes.latents(), where),
            take(left, "interpolation.offset", sizes.latents(), where))
        : LatentInterpolation.none();
  }

  /** Lengths that a manifest implies. */
  record GeneratorSizes(
      int decoder,
      int diffusion,
      int prompter,
      int regressor,
      int weights,
      int latents,
      InterpolationSpec interpolation,
      int conditions,
      int statistics,
      int spectra) {}

  private static float[] take(
      Map<String, NamedTensor> tensors, String name, int length, String where)
      throws BundleFormatException {
    NamedTensor tensor = tensors.remove(name);
    if (tensor == null || tensor.values().length != length || tensor.shape().length != 1) {
      throw new BundleFormatException(
          where
              + ", tensor "
              + name
              + ": expected "
              + length
              + " values on one axis, found "
              + (tensor == null ? "none" : java.util.Arrays.toString(tensor.shape())));
    }
    return tensor.values();
  }

  private static float[] positive(float[] values, String where) throws BundleFormatException {
    for (float value : values) {
      if (!(value > 0)) {
        throw new BundleFormatException(where + ": expected positive scales, found " + value);
      }
    }
    return values;
  }
}
