/** Decisions as records of the adaptations topic. */
package io.dynadiff.streams.decision;
