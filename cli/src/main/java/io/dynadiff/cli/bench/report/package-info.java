/** What was measured, as text and pictures. */
package io.dynadiff.cli.bench.report;
