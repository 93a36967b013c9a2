/**
 * Trajectories on disk: written in parallel and in chunks, resumed after a kill, checksummed, and
 * read through memory maps as the {@link io.dynadiff.physics.field.FieldSeries} that simulations
 * and recordings are.
 *
 * <p>A trajectory is a directory: {@code trajectory.json} says what it is, {@code
 * chunk-000000.dtc}, {@code chunk-000001.dtc}, ... hold the frames as little-endian float32 with
 * axes [frame, channel, y, x].
 */
package io.dynadiff.physics.store;
