/**
 * Recorded data: reads fields on latitude-longitude grids from NetCDF-4 and NetCDF-3 files as the
 * old and the new Climate Data Store deliver them, and cuts tiles out of them.
 *
 * <p>Two layers: {@link io.dynadiff.physics.recorded.ArrayFile} knows a file format and hands out
 * raw numbers and attributes; {@link io.dynadiff.physics.recorded.RecordedFields} applies the CF
 * conventions (axes, time units, packing, missing values), the same for every format.
 */
package io.dynadiff.physics.recorded;
