/**
 * Recorded data: reads fields on latitude-longitude grids from NetCDF-4, NetCDF-3 and GRIB files as
 * the Climate Data Store delivers them and from Zarr stores, and cuts tiles out of them.
 *
 * <p>Two layers: {@link io.dynadiff.physics.recorded.ArrayFile} knows a file format and hands out
 * raw numbers and attributes; {@link io.dynadiff.physics.recorded.RecordedFields} applies the CF
 * conventions (axes, time units, packing, missing values), the same for every format.
 */
package io.dynadiff.physics.recorded;
