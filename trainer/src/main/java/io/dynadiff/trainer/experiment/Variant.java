package io.dynadiff.trainer.experiment;

import io.dynadiff.trainer.preset.Preset;
import java.util.Map;
import java.util.OptionalInt;

/**
 * A preset with something changed.
 *
 * @param name names the figures: lower-case words joined by hyphens
 * @param settings settings of the preset by path, see {@link Preset#with}
 * @param windowLength frames that methods see at adaptation, where not as trained
 */
public record Variant(String name, Map<String, String> settings, OptionalInt windowLength) {

  /** The preset as it is. */
  public static Variant unchanged(String name) {
    return new Variant(name, Map.of(), OptionalInt.empty());
  }

  /** With settings of the preset changed, given as path and value in turn. */
  static Variant with(String name, String... settings) {
    Map<String, String> changed = new java.util.LinkedHashMap<>();
    for (int i = 0; i < settings.length; i += 2) {
      changed.put(settings[i], settings[i + 1]);
    }
    return new Variant(name, changed, OptionalInt.empty());
  }

  /** With windows of another length at adaptation; nothing is trained again. */
  static Variant seeing(int frames) {
    return new Variant("window-" + frames, Map.of(), OptionalInt.of(frames));
  }

  /**
   * The changed preset.
   *
   * @throws IllegalArgumentException if the changes do not fit the preset
   */
  public Preset apply(Preset preset) {
    return preset.with(settings);
  }
}
