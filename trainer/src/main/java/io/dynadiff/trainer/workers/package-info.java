/** Trains the zoo with workers that share its stacks through a Kafka consumer group. */
package io.dynadiff.trainer.workers;
