package io.dynadiff.physics.environments;

/**
 * One environment of the Lambda-Omega system.
 *
 * @param id environment id, for example lambda-omega/beta-1.10
 * @param beta its condition, radians per time unit
 * @param seen true where training may use it
 */
public record LambdaOmegaEnvironment(String id, double beta, boolean seen) {}
