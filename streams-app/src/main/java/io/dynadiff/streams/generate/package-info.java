/** Answering requests with weights, in transactions of consume, generate and produce. */
package io.dynadiff.streams.generate;
