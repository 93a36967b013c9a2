/** What every Kafka client of dynadiff has in common. */
package io.dynadiff.schemas.kafka;
