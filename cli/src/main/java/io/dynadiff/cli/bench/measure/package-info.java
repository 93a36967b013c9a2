/** Statistics of measurements, and how a measuring command runs its parts. */
package io.dynadiff.cli.bench.measure;
