/**
 * Observation windows: the last frames of an environment that follow each other without a break.
 */
package io.dynadiff.streams.window;
