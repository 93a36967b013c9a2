/** How costs grow. */
package io.dynadiff.cli.bench.scaling;
