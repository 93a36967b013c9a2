/** Deciding when an environment needs new weights, and asking for them. */
package io.dynadiff.streams.adapt;
