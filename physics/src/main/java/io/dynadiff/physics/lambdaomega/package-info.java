/**
 * The Lambda-Omega reaction-diffusion system on a periodic square: parameters, random initial
 * states and a pseudo-spectral solver.
 *
 * <p>With the complex amplitude A = u + i v the equation is
 *
 * <pre>A_t = mu Lap A + (1 - |A|^2) A - i beta |A|^2 A</pre>
 *
 * <p>The condition that distinguishes environments is beta. Fields are [channel, y, x] with the
 * channels u = Re A and v = Im A, both dimensionless.
 */
package io.dynadiff.physics.lambdaomega;
