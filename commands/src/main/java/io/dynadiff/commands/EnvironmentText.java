package io.dynadiff.commands;

import java.util.Map;
import org.apache.commons.text.StringSubstitutor;

/**
 * Text in which {@code ${env:NAME}} stands for the value of an environment variable, so that
 * secrets need not be written into files. {@code ${env:NAME:-fallback}} has a fallback, {@code
 * $${env:NAME}} is left as {@code ${env:NAME}}; other references, such as those of Kafka's own
 * configuration providers, stay as they are.
 */
public final class EnvironmentText {

  private static final String PREFIX = "${env:";

  private EnvironmentText() {}

  /** Whether the text takes something from the environment. */
  public static boolean refers(String text) {
    return text.contains(PREFIX);
  }

  /**
   * Replaces the references.
   *
   * @param environment values by name
   * @throws IllegalArgumentException if a variable is not set; the message names it
   */
  public static String resolve(String text, Map<String, String> environment) {
    StringSubstitutor references = new StringSubstitutor(environment::get, PREFIX, "}", '$');
    references.setEnableUndefinedVariableException(true);
    // A secret may hold anything, also what looks like a reference.
    references.setDisableSubstitutionInValues(true);
    try {
      return references.replace(text);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "expected every environment variable that \""
              + text
              + "\" names to be set, found one that is not; export it before the start",
          e);
    }
  }
}
