/** The latent that a prompt makes likely: a deterministic regression beside the diffusion. */
package io.dynadiff.models.regression;
