/** How long steps and updates of experts take. */
package io.dynadiff.cli.bench.experts;
