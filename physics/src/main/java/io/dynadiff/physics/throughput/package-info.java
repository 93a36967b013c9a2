/** How many grid points the solvers update per second, beside what the machine could do at best. */
package io.dynadiff.physics.throughput;
