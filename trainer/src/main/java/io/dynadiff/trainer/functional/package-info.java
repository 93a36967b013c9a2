/** What is asked of decoded experts on frames while the weight autoencoder trains. */
package io.dynadiff.trainer.functional;
