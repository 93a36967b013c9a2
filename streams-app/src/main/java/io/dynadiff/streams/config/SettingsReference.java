package io.dynadiff.streams.config;

import java.util.Objects;

/** The reference of all settings as Markdown, out of the catalogue. */
public final class SettingsReference {

  private static final String HEAD =
      """
      # Settings

      Every setting of `adapt`, `generate`, `forecast`, `verify` and `run`. `dynadiff config reference` prints this page from the catalogue that
      the roles check by; a test fails when it is stale. [commands.md](commands.md#settings-of-the-roles) says where settings come from,
      [settings.schema.json](settings.schema.json) is the same for editors, [architecture.md](architecture.md) says what they are for.
      """;

  private SettingsReference() {}

  /** The whole page. */
  public static String markdown() {
    StringBuilder page = new StringBuilder(HEAD);
    String section = null;
    for (Setting setting : SettingCatalogue.settings().values()) {
      String own = section(setting);
      if (!Objects.equals(own, section)) {
        section = own;
        page.append("\n## ").append(own).append("\n\n");
        page.append("| key | default | expected | |\n|---|---|---|---|\n");
      }
      page.append(
          "| `%s` | %s | %s | %s |\n"
              .formatted(
                  setting.key(),
                  setting.fallback().isEmpty() ? "" : "`" + setting.fallback() + "`",
                  cell(expected(setting)),
                  cell(setting.description())));
    }
    return page.toString();
  }

  private static String section(Setting setting) {
    int dot = setting.key().indexOf('.');
    return dot < 0 ? "process" : setting.key().substring(0, dot);
  }

  /** That a number fits 32 bits needs no saying. */
  private static String expected(Setting setting) {
    return setting.expected().replace(" and at most " + Integer.MAX_VALUE, "");
  }

  private static String cell(String text) {
    return text.replace("|", "\\|");
  }
}
