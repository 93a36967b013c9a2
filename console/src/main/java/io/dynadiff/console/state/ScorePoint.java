package io.dynadiff.console.state;

/**
 * How one frame had been forecast. Errors are root mean squares after field normalisation; NaN
 * where there is none.
 *
 * @param sequence of the verifying frame
 * @param eventTimeMs of the verifying frame
 * @param version of the weights behind the forecast of the shortest lead, -1 where there is none
 * @param error at the shortest lead
 * @param persistence error of persistence at the shortest lead
 * @param retired error of the retired expert at the shortest lead
 * @param meanError mean over the leads
 * @param meanPersistence mean over the leads
 */
public record ScorePoint(
    long sequence,
    long eventTimeMs,
    long version,
    double error,
    double persistence,
    double retired,
    double meanError,
    double meanPersistence) {}
