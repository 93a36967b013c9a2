/** The catalogue's topics as sources and sinks of a topology. */
package io.dynadiff.streams.wire;
