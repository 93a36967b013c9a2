/** How long writing an expert takes, by phase and size. */
package io.dynadiff.cli.bench.generation;
