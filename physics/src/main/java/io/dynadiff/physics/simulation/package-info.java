/**
 * What every simulated system offers, and feeds made of it: a solver per set of conditions, a
 * schedule of conditions, a series of frames.
 */
package io.dynadiff.physics.simulation;
