/**
 * Point observations made into frames: read line by line, collected into intervals of event time,
 * put on a grid with a mask of what is covered, and published resumably.
 */
package io.dynadiff.producers.sensor;
