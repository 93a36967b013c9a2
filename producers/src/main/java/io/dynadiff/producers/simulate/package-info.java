/** Simulating systems whose conditions change on a schedule, under one key. */
package io.dynadiff.producers.simulate;
