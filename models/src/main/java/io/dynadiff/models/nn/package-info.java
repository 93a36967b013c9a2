/** Layers, flat parameter vectors and the optimiser that all networks of this module share. */
package io.dynadiff.models.nn;
