/** Detecting that an environment has changed under its expert. */
package io.dynadiff.streams.shift;
