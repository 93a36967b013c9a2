/** What the online side counts, times and measures about itself, and the names it does so under. */
package io.dynadiff.streams.metrics;
