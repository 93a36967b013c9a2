/** Bytes on the wire: number types and compression. */
package io.dynadiff.cli.bench.wire;
