/** Latent diffusion of expert weights: schedule, transformer, few-step sampler. */
package io.dynadiff.models.diffusion;
