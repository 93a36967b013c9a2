/**
 * The Lotka-Volterra equations of prey x and predators y:
 *
 * <pre>x' = alpha x - beta x y,   y' = delta x y - gamma y</pre>
 *
 * <p>A frame is [2, 1, 1]: prey and predators at one point.
 */
package io.dynadiff.physics.lotkavolterra;
