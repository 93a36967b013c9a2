/** Normalisation between physical units and what networks see. */
package io.dynadiff.models.field;
