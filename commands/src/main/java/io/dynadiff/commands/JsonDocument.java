package io.dynadiff.commands;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.PrintWriter;

/** What {@code --json} prints: one document, indented, whose maps keep the order they have. */
public final class JsonDocument {

  private static final ObjectMapper LINE = new ObjectMapper();
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  private JsonDocument() {}

  /** The text of a document made of records, maps, lists, numbers and texts. */
  public static String text(Object document) {
    return written(JSON, document);
  }

  /** The same in one line, for output that is one document per line. */
  public static String line(Object document) {
    return written(LINE, document);
  }

  private static String written(ObjectMapper mapper, Object document) {
    try {
      return mapper.writeValueAsString(document);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("the result cannot be written as JSON", e);
    }
  }

  /** Prints a document and a line break, and flushes. */
  public static void print(PrintWriter out, Object document) {
    out.println(text(document));
    out.flush();
  }
}
