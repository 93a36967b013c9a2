/**
 * Fields on regular grids and time-ordered series of them, whatever their source: the common ground
 * of simulated and recorded data.
 *
 * <p>Every field is a flat row-major array with axes [channel, y, x].
 */
package io.dynadiff.physics.field;
