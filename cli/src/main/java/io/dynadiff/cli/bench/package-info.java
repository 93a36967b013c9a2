/** Measurements of the online side. */
package io.dynadiff.cli.bench;
