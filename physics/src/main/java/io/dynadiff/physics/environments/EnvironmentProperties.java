package io.dynadiff.physics.environments;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Properties;

/** Typed access to one property file of this package; every key must be there. */
final class EnvironmentProperties {
  private final String file;
  private final Properties properties = new Properties();

  EnvironmentProperties(String file) {
    this.file = file;
    try (InputStream in = EnvironmentProperties.class.getResourceAsStream(file)) {
      if (in == null) {
        throw new IllegalStateException("resource " + file + " is missing from the class path");
      }
      properties.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException("resource " + file + " cannot be read", e);
    }
  }

  String text(String key) {
    String value = properties.getProperty(key);
    if (value == null) {
      throw new IllegalStateException(
          "resource " + file + ": expected key " + key + ", found none");
    }
    return value.trim();
  }

  boolean has(String key) {
    return properties.getProperty(key) != null;
  }

  int integer(String key) {
    return Integer.parseInt(text(key));
  }

  double number(String key) {
    return Double.parseDouble(text(key));
  }

  int[] integers(String key) {
    return Arrays.stream(text(key).split(","))
        .map(String::trim)
        .mapToInt(Integer::parseInt)
        .toArray();
  }
}
