/**
 * Incompressible flow on a periodic square in vorticity form, and two systems that it gives:
 * Kolmogorov flow and the Navier-Stokes equation with a diagonal force.
 *
 * <pre>w_t + u . grad w = nu Lap w + f,   Lap psi = -w,   u = psi_y,   v = -psi_x</pre>
 *
 * <p>Fields are [channel, y, x] with the channels w (vorticity), u and v (velocity along x and y),
 * all in model units.
 */
package io.dynadiff.physics.vorticity;
