package io.dynadiff.physics.field;

/**
 * A field at one instant.
 *
 * @param eventTimeMillis the instant described, milliseconds since 1970-01-01T00:00Z
 * @param values physical values, [channel, y, x]; owned by the receiver
 */
public record Snapshot(long eventTimeMillis, float[] values) {}
