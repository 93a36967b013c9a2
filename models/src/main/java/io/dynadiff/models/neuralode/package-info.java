/** A neural ordinary differential equation as an expert architecture. */
package io.dynadiff.models.neuralode;
