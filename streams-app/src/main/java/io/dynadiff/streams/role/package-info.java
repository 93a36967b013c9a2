/** Topologies as running applications: restarts, draining, positions. */
package io.dynadiff.streams.role;
