/** Strict reading and writing of safetensors. */
package io.dynadiff.models.safetensors;
