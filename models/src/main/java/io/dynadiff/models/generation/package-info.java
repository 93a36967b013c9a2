/** Writes an expert for a window: prompt, diffusion, decoder, choice of the best candidate. */
package io.dynadiff.models.generation;
