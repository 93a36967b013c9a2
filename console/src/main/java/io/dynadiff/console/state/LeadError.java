package io.dynadiff.console.state;

/**
 * Mean errors at one lead over the latest scored frames. Errors are after field normalisation; NaN
 * where there is none.
 *
 * @param leadSteps lead in intervals
 * @param frames number of scores behind the means
 * @param error of the forecast
 * @param persistence of forecasting the issue frame
 * @param spread stated by ensembles
 * @param ssim structural similarity, -1 to 1
 */
public record LeadError(
    int leadSteps, int frames, double error, double persistence, double spread, double ssim) {}
