/** Kills roles under load and counts what came of it; see {@code tests/faults}. */
package io.dynadiff.tests.faults;
