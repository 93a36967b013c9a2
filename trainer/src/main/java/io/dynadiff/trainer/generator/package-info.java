/** Autoencoder, prompter and diffusion training. */
package io.dynadiff.trainer.generator;
