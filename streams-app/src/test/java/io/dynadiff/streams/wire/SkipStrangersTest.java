package io.dynadiff.streams.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import io.dynadiff.schemas.avro.Forecast;
import io.dynadiff.schemas.serde.AvroSerdes;
import java.io.IOException;
import java.net.ConnectException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.streams.errors.DeserializationExceptionHandler.Result;
import org.junit.jupiter.api.Test;

class SkipStrangersTest {

  private final SkipStrangers handler = new SkipStrangers();

  @Test
  void shouldSkipWhenTheBytesAreNotOurs() {
    assertThat(onBytes(new byte[] {1, 2, 3})).isEqualTo(Result.RESUME);
    assertThat(onBytes(new byte[] {0, 0, 0, 0, 99, 1, 2})).isEqualTo(Result.RESUME);
  }

  @Test
  void shouldFailWhenTheRegistryDoesNotAnswer() {
    assertThat(on(new SerializationException("x", new ConnectException("refused"))))
        .isEqualTo(Result.FAIL);
    assertThat(on(new SerializationException("x", new IOException("reset"))))
        .isEqualTo(Result.FAIL);
    assertThat(on(new SerializationException("x", new RestClientException("x", 500, 50001))))
        .isEqualTo(Result.FAIL);
  }

  @Test
  void shouldSkipWhenTheRegistryDoesNotKnowTheSchema() {
    assertThat(on(new SerializationException("x", new RestClientException("x", 404, 40403))))
        .isEqualTo(Result.RESUME);
  }

  private Result onBytes(byte[] bytes) {
    try {
      AvroSerdes.of("mock://skip-strangers").deserializer(Forecast.class).deserialize("f", bytes);
    } catch (SerializationException e) {
      return on(e);
    }
    throw new AssertionError("expected the bytes to be refused");
  }

  private Result on(Exception failure) {
    return handler
        .handleError(null, new ConsumerRecord<>("forecasts", 0, 5, null, null), failure)
        .result();
  }
}
