/**
 * Latent diffusion of expert weights: prediction targets, noise schedules, transformer, guidance,
 * samplers.
 */
package io.dynadiff.models.diffusion;
