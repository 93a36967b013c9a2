/** The bundle format: manifest, tensors, checksums, strict reading. */
package io.dynadiff.models.bundle;
