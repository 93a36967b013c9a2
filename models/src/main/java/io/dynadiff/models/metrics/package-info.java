/** Scores of forecasts. */
package io.dynadiff.models.metrics;
