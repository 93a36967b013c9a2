package io.dynadiff.streams.config;

import io.dynadiff.commands.EnvironmentText;
import io.dynadiff.commands.NearestName;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The effective settings: what was given, checked against the catalogue, over the defaults.
 * Immutable.
 */
public final class Settings {

  private static final String DEFAULT = "default";

  private final Map<String, GivenValue> effective = new LinkedHashMap<>();
  private final Map<String, String> resolved = new TreeMap<>();
  private final Set<String> given;

  /**
   * Checks what was given.
   *
   * @param given values by key
   * @param environment variables that values may refer to, by name
   * @throws IllegalArgumentException if a key is not known, a value is not possible or refers to a
   *     variable that is not set; the message says where, and never what a variable holds
   */
  public Settings(Map<String, GivenValue> given, Map<String, String> environment) {
    this.given = Set.copyOf(given.keySet());
    given.forEach((key, value) -> resolved.put(key, checked(key, value, environment)));
    SettingCatalogue.settings()
        .forEach(
            (key, setting) -> {
              effective.put(
                  key, given.getOrDefault(key, new GivenValue(setting.fallback(), DEFAULT)));
              resolved.putIfAbsent(key, setting.fallback());
            });
    new TreeMap<>(given).forEach(effective::putIfAbsent);
  }

  /** Settings given as texts by somebody who is neither a file nor an option. */
  public static Settings of(Map<String, String> texts) {
    Map<String, GivenValue> values = new TreeMap<>();
    texts.forEach((key, text) -> values.put(key, new GivenValue(text, "settings")));
    return new Settings(values, Map.of());
  }

  private static String checked(String key, GivenValue value, Map<String, String> environment) {
    Setting setting = SettingCatalogue.settings().get(key);
    if (setting == null && !SettingCatalogue.belongsToClients(key)) {
      throw unknown(key, value);
    }
    String text;
    try {
      text = EnvironmentText.resolve(value.text(), environment).trim();
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(value.origin() + ": " + key + ": " + e.getMessage(), e);
    }
    if (setting != null && !setting.accepts(text)) {
      throw new IllegalArgumentException(
          value.origin()
              + ": "
              + key
              + ": expected "
              + setting.expected()
              + ", found \""
              + Secrets.shown(key, value.text())
              + "\"; correct it, or leave it out for the default "
              + (setting.fallback().isEmpty() ? "(none)" : setting.fallback()));
    }
    return text;
  }

  private static IllegalArgumentException unknown(String key, GivenValue value) {
    List<String> inSection =
        SettingCatalogue.settings().keySet().stream().filter(k -> k.startsWith(key + ".")).toList();
    String advice =
        inSection.isEmpty()
            ? NearestName.of(key, SettingCatalogue.settings().keySet())
                .map(nearest -> "did you mean " + nearest + "? ")
                .orElse("")
            : "it is a section with " + String.join(", ", inSection) + "; ";
    return new IllegalArgumentException(
        value.origin()
            + ": expected the name of a setting, found "
            + key
            + "; "
            + advice
            + "dynadiff config show lists all");
  }

  /** What is in effect and where each came from, one entry per setting; secrets are not in it. */
  public Map<String, GivenValue> shown() {
    Map<String, GivenValue> shown = new LinkedHashMap<>();
    effective.forEach(
        (key, value) ->
            shown.put(key, new GivenValue(Secrets.shown(key, value.text()), value.origin())));
    return shown;
  }

  /** The same as lines {@code key = value (origin)}, for people. */
  public List<String> lines() {
    return shown().entrySet().stream()
        .map(
            entry ->
                "%-32s = %s (%s)"
                    .formatted(
                        entry.getKey(),
                        entry.getValue().text().isEmpty() ? "none" : entry.getValue().text(),
                        entry.getValue().origin()))
        .toList();
  }

  /** Where the value in effect was written, and its key, for messages. */
  String where(String key) {
    return effective.get(key).origin() + ": " + key;
  }

  /** Whether something was said about the setting, or it has a default. */
  boolean present(String key) {
    return given.contains(key) || !resolved.get(key).isEmpty();
  }

  /** Keys and values for the clients, without the name of their section. */
  public Map<String, String> clientProperties() {
    Map<String, String> properties = new TreeMap<>();
    resolved.forEach(
        (key, value) -> {
          if (SettingCatalogue.belongsToClients(key)) {
            properties.put(key.substring(SettingCatalogue.CLIENT.length() + 1), value);
          }
        });
    return properties;
  }

  String text(String key) {
    return resolved.get(key);
  }

  List<String> list(String key) {
    return Arrays.stream(text(key).split(",")).map(String::trim).filter(s -> !s.isEmpty()).toList();
  }

  int integer(String key) {
    return Integer.parseInt(text(key));
  }

  long whole(String key) {
    return Long.parseLong(text(key));
  }

  double number(String key) {
    return Double.parseDouble(text(key));
  }

  boolean flag(String key) {
    return Boolean.parseBoolean(text(key));
  }

  Duration millis(String key) {
    return Duration.ofMillis(whole(key));
  }

  <E extends Enum<E>> E choice(String key, Class<E> type) {
    return Arrays.stream(type.getEnumConstants())
        .filter(constant -> constant.name().equalsIgnoreCase(text(key)))
        .findFirst()
        .orElseThrow();
  }
}
