package io.dynadiff.streams.config;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads a YAML file of settings: sections within sections, whose names joined by dots are the keys.
 *
 * <pre>
 *   adapt:
 *     grace-intervals: 7        # adapt.grace-intervals
 *     shift:
 *       warm-up: 5              # adapt.shift.warm-up
 * </pre>
 */
public final class SettingsFile {

  private static final YAMLFactory YAML =
      YAMLFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  private static final Pattern NAMED_LINE = Pattern.compile("line (\\d+), column");

  private final Path file;
  private final JsonParser parser;
  private final Map<String, GivenValue> values = new LinkedHashMap<>();

  private SettingsFile(Path file, JsonParser parser) {
    this.file = file;
    this.parser = parser;
  }

  /**
   * Reads a file; a section without anything in it says nothing.
   *
   * @return values by key, in the order of the file
   * @throws IllegalArgumentException if the file is not there or is no such YAML; the message says
   *     where
   * @throws IOException if the file cannot be read
   */
  public static Map<String, GivenValue> read(Path file) throws IOException {
    try (JsonParser parser = YAML.createParser(Files.readString(file))) {
      SettingsFile settings = new SettingsFile(file, parser);
      settings.document();
      return settings.values;
    } catch (NoSuchFileException e) {
      throw new IllegalArgumentException(
          file + ": expected a YAML file with settings, found none; check the path", e);
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException(
          file + ": expected YAML in UTF-8, found other bytes; check that it is the right file", e);
    } catch (JsonProcessingException e) {
      String found = e.getOriginalMessage().lines().limit(2).reduce((a, b) -> a + ", " + b).get();
      throw new IllegalArgumentException(
          file
              + ":"
              + line(e)
              + ": expected YAML in which every name stands once in its section, found: "
              + found
              + "; correct the file there",
          e);
    } catch (IOException e) {
      throw new IOException(
          file
              + ": expected a YAML file with settings, found one that cannot be read ("
              + e
              + "); check the path and its rights",
          e);
    }
  }

  /** The line that the message names; the parser itself stands at the token before it. */
  private static long line(JsonProcessingException e) {
    Matcher named = NAMED_LINE.matcher(e.getOriginalMessage());
    return named
        .results()
        .reduce((first, last) -> last)
        .map(match -> Long.parseLong(match.group(1)))
        .orElseGet(() -> e.getLocation() == null ? 1L : e.getLocation().getLineNr());
  }

  private void document() throws IOException {
    JsonToken first = parser.nextToken();
    if (first == null || first == JsonToken.VALUE_NULL) {
      return;
    }
    if (first != JsonToken.START_OBJECT) {
      throw refused("sections such as \"forecast:\"", "\"" + parser.getText() + "\"");
    }
    section("");
    if (parser.nextToken() != null) {
      throw refused("one document", "a second one");
    }
  }

  private void section(String prefix) throws IOException {
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String key = prefix + parser.currentName();
      String at = where();
      switch (parser.nextToken()) {
        case START_OBJECT -> {
          if (SettingCatalogue.settings().containsKey(key)) {
            throw refused("a value for " + key, "a section");
          }
          section(key + ".");
        }
        case START_ARRAY -> values.put(key, new GivenValue(list(key), at));
        case VALUE_NULL -> {
          if (SettingCatalogue.settings().containsKey(key)) {
            throw refused("a value for " + key, "none");
          }
        }
        default -> {
          // What stands empty in YAML comes as an empty text.
          if (!parser.getText().isEmpty() || SettingCatalogue.settings().containsKey(key)) {
            values.put(key, new GivenValue(parser.getText(), at));
          }
        }
      }
    }
  }

  private String list(String key) throws IOException {
    StringBuilder all = new StringBuilder();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      if (!parser.currentToken().isScalarValue()) {
        throw refused("a list of texts for " + key, "something else in it");
      }
      all.append(all.isEmpty() ? "" : ",").append(parser.getText());
    }
    return all.toString();
  }

  private IllegalArgumentException refused(String expected, String found) {
    return new IllegalArgumentException(
        where() + ": expected " + expected + ", found " + found + "; correct the file there");
  }

  private String where() {
    return file + ":" + parser.currentTokenLocation().getLineNr();
  }
}
