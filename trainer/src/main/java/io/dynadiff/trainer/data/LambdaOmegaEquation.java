package io.dynadiff.trainer.data;

import java.util.function.ToDoubleFunction;

/**
 * A_t = mu Lap A + (1 - |A|^2) A - i beta |A|^2 A with A = u + i v; frames hold u and v in this
 * order.
 *
 * @param domainLength side of the square
 * @param mu diffusivity
 * @param beta frequency under some conditions, in the system's order
 */
public record LambdaOmegaEquation(double domainLength, double mu, ToDoubleFunction<double[]> beta)
    implements Equation {}
