package io.dynadiff.trainer.data;

import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/**
 * w_t + u . grad w = nu Lap w + f with u = (psi_y, -psi_x), Lap psi = -w.
 *
 * @param domainLength side of the square
 * @param channel the channel that holds w
 * @param viscosity nu under some conditions, in the system's order
 * @param force f under some conditions at the points of a frame, axes [y, x] flattened
 */
public record VorticityEquation(
    double domainLength,
    int channel,
    ToDoubleFunction<double[]> viscosity,
    Function<double[], float[]> force)
    implements Equation {}
