/** The node-attention autoencoder of expert weights. */
package io.dynadiff.models.vae;
