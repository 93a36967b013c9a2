/** How much the online side carries, and how quickly. */
package io.dynadiff.cli.bench.online;
