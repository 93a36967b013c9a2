/**
 * {@code dynadiff demo}: everything in one process on real Kafka, told from the outside.
 *
 * <p>{@link io.dynadiff.cli.demo.DemoCommand} composes broker, feeds and roles; what is shown and
 * judged comes from {@link io.dynadiff.cli.demo.DemoObserver}, an ordinary consumer of the topics.
 */
package io.dynadiff.cli.demo;
