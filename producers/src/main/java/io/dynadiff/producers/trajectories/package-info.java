/** Writing simulated trajectories into a store, and looking into one. */
package io.dynadiff.producers.trajectories;
