/** How long the vector kernels of experts take by themselves, measured by JMH. */
package io.dynadiff.cli.bench.kernels;
