/** Scoring admitted frames against the forecasts that are valid at them. */
package io.dynadiff.streams.verify;
