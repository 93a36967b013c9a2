package io.dynadiff.streams.config;

import static java.util.Objects.requireNonNull;

/**
 * What somebody has said about a setting.
 *
 * @param text as it was written, before variables of the environment are put in
 * @param origin where, for example {@code roles.yaml:12} or {@code --set}
 */
public record GivenValue(String text, String origin) {
  public GivenValue {
    requireNonNull(text);
    requireNonNull(origin);
  }
}
