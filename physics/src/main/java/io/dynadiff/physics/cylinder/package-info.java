/**
 * Flow past a circular cylinder by a lattice Boltzmann method: D2Q9, regularised collision,
 * half-way bounce-back.
 *
 * <p>Lengths are in lattice cells, times in lattice steps and velocities in cells per step unless
 * said otherwise. The cylinder stands in a flow along x; the sides are periodic, so that it is one
 * of a row of cylinders whose pitch is the lattice's height.
 */
package io.dynadiff.physics.cylinder;
