package io.dynadiff.streams.wire;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.streams.processor.TimestampExtractor;

/**
 * Takes the record timestamp as it is, or now where there is none.
 *
 * <p>Record timestamps are times of ingest on every topic; the default extractor would stop the
 * application at a record without one, which a sender of garbage may well leave out.
 */
public final class IngestTime implements TimestampExtractor {

  @Override
  public long extract(ConsumerRecord<Object, Object> record, long partitionTime) {
    return record.timestamp() >= 0 ? record.timestamp() : System.currentTimeMillis();
  }
}
