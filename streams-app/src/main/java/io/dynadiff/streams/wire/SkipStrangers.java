package io.dynadiff.streams.wire;

import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.streams.errors.DeserializationExceptionHandler;
import org.apache.kafka.streams.errors.ErrorHandlerContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides about records of our own topics that cannot be read: garbage that a stranger wrote is
 * skipped with a warning, a registry that does not answer stops the task, so that no record of ours
 * is lost to an outage.
 */
public final class SkipStrangers implements DeserializationExceptionHandler {

  private static final Logger LOG = LoggerFactory.getLogger(SkipStrangers.class);

  @Override
  public Response handleError(
      ErrorHandlerContext context, ConsumerRecord<byte[], byte[]> record, Exception exception) {
    if (RegistryOutage.caused(exception)) {
      return Response.fail();
    }
    LOG.warn(
        "{}-{}@{}: expected a record that the schema registry describes, found {}; skipped,"
            + " check who writes to the topic",
        record.topic(),
        record.partition(),
        record.offset(),
        exception.toString());
    return Response.resume(List.of());
  }

  @Override
  public void configure(Map<String, ?> configs) {
    // Nothing to configure.
  }
}
