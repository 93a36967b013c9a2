/**
 * Publishing frames: one Kafka transaction per tick, so that every frame of a run is committed once
 * and in order, whatever is restarted in between.
 */
package io.dynadiff.producers.publish;
