/** Runs many experts as one stacked computation. */
package io.dynadiff.models.forecast;
