/** Forecasting from every admitted frame, and the guarded swap of experts. */
package io.dynadiff.streams.forecast;
