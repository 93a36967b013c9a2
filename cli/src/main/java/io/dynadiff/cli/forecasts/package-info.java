/** Forecasts for people and files: lines of a terminal, JSON, and NetCDF. */
package io.dynadiff.cli.forecasts;
