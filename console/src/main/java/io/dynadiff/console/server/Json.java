package io.dynadiff.console.server;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.module.SimpleModule;
import java.io.IOException;

/** Writes JSON; numbers that are not finite become null, which JSON has no word for. */
final class Json {

  private static final JsonSerializer<Double> FINITE_OR_NULL =
      new JsonSerializer<>() {
        @Override
        public void serialize(Double value, JsonGenerator out, SerializerProvider provider)
            throws IOException {
          if (Double.isFinite(value)) {
            out.writeNumber(value);
          } else {
            out.writeNull();
          }
        }
      };

  private static final ObjectMapper MAPPER =
      new ObjectMapper()
          .registerModule(
              new SimpleModule("finite-numbers")
                  .addSerializer(Double.class, FINITE_OR_NULL)
                  .addSerializer(double.class, FINITE_OR_NULL));

  private Json() {}

  /** UTF-8 bytes of a value, without line breaks. */
  static byte[] bytes(Object value) {
    try {
      return MAPPER.writeValueAsBytes(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A value of the console has no JSON: " + value, e);
    }
  }
}
