package io.dynadiff.models.forecast;

/**
 * Where one rollout begins.
 *
 * @param weights the expert's flat weights, in the order of its specification
 * @param frame the field in physical units, axes [channel, y, x]
 * @param eventTimeMillis event time of the frame
 */
public record RolloutStart(float[] weights, float[] frame, long eventTimeMillis) {}
