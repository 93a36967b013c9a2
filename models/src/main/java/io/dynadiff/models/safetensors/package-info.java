/** Strict reading and writing of float32 safetensors. */
package io.dynadiff.models.safetensors;
