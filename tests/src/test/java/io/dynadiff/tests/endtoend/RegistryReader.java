package io.dynadiff.tests.endtoend;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.DecoderFactory;

/** Reads values in the wire format with nothing but the registry's HTTP side and plain Avro. */
public final class RegistryReader {

  private final String registryUrl;
  private final HttpClient http = HttpClient.newHttpClient();
  private final Map<Integer, Schema> schemas = new HashMap<>();

  /** Asks the registry of this address. */
  public RegistryReader(String registryUrl) {
    this.registryUrl = registryUrl;
  }

  /** Returns the schema whose id the value names. */
  Schema schema(byte[] value) {
    ByteBuffer buffer = ByteBuffer.wrap(value);
    if (buffer.get() != 0) {
      throw new IllegalArgumentException("not in the wire format");
    }
    return schemas.computeIfAbsent(buffer.getInt(), this::fetch);
  }

  /** Returns the record that the value holds. */
  public GenericRecord read(byte[] value) {
    Schema schema = schema(value);
    try {
      return new GenericDatumReader<GenericRecord>(schema, schema, new GenericData())
          .read(null, DecoderFactory.get().binaryDecoder(value, 5, value.length - 5, null));
    } catch (IOException e) {
      throw new IllegalArgumentException("does not follow its schema", e);
    }
  }

  private Schema fetch(int id) {
    try {
      HttpResponse<String> answer =
          http.send(
              HttpRequest.newBuilder(URI.create(registryUrl + "/schemas/ids/" + id)).build(),
              HttpResponse.BodyHandlers.ofString());
      return new Schema.Parser()
          .parse(new ObjectMapper().readTree(answer.body()).get("schema").asText());
    } catch (IOException e) {
      throw new IllegalStateException("registry does not give schema " + id, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
