package io.dynadiff.streams.shift;

/**
 * A detected change of an environment under its expert.
 *
 * @param onsetSequence estimated first frame after the change
 * @param detectedSequence frame at which it became certain
 * @param statistic value of the test statistic
 * @param threshold value it had to exceed
 * @param reference error at the usual pace that the expert used to have
 */
public record Shift(
    long onsetSequence,
    long detectedSequence,
    double statistic,
    double threshold,
    double reference) {}
