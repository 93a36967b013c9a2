package io.dynadiff.console.server;

import java.nio.charset.StandardCharsets;

/**
 * What a request is answered.
 *
 * @param cache value of Cache-Control
 */
record Answer(int status, String type, String cache, byte[] body) {

  private static final String NEVER = "no-store";

  static Answer json(Object value) {
    return new Answer(200, "application/json", NEVER, Json.bytes(value));
  }

  static Answer octets(byte[] body) {
    return new Answer(200, "application/octet-stream", NEVER, body);
  }

  static Answer text(int status, String message) {
    return new Answer(
        status,
        "text/plain; charset=utf-8",
        NEVER,
        (message + "\n").getBytes(StandardCharsets.UTF_8));
  }
}
