package io.dynadiff.trainer.evaluation;

/**
 * Scores of one method on one environment, means over its windows and rollouts.
 *
 * <p>Errors are root mean squares over leads, channels and points of one rollout, on fields scaled
 * by the environment's own minimum and maximum of each channel over its training frames. A field
 * whose error is larger than that whole range, or not finite, counts as an error of 1 and as
 * diverged.
 *
 * @param environment the environment
 * @param conditions its true conditions, physical units
 * @param rmse error over the whole rollout
 * @param rmse20 error over the first 20 steps, or the whole rollout where that is shorter
 * @param rmseFirst error of the first step
 * @param ssim structural similarity (Gaussian window of 11 points, sigma 1.5, data range 1)
 * @param ssimLength leading steps with a similarity above 0.8, at most the horizon
 * @param diverged share of forecast fields that diverged
 * @param adaptationSeconds wall time of an adaptation
 * @param rmsePerLead error at each lead, root mean square over channels and points
 */
public record EnvironmentScore(
    String environment,
    double[] conditions,
    double rmse,
    double rmse20,
    double rmseFirst,
    double ssim,
    double ssimLength,
    double diverged,
    double adaptationSeconds,
    double[] rmsePerLead) {}
