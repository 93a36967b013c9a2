package io.dynadiff.physics.vorticity;

/**
 * Energy and enstrophy of a flow per unit area, and the rates that change them.
 *
 * <p>Advection moves both between scales and changes neither, so that over any time the change of
 * energy is the integral of energyInput - energyDissipation, and likewise for enstrophy.
 *
 * @param energy half the mean squared speed
 * @param enstrophy half the mean squared vorticity
 * @param energyInput energy per time unit that the force puts in
 * @param energyDissipation energy per time unit that viscosity takes, 0 or more
 * @param enstrophyInput enstrophy per time unit that the force puts in
 * @param enstrophyDissipation enstrophy per time unit that viscosity takes, 0 or more
 */
public record VorticityBudget(
    double energy,
    double enstrophy,
    double energyInput,
    double energyDissipation,
    double enstrophyInput,
    double enstrophyDissipation) {}
